package io.annulus.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RandomFaultsTest {

    private static final Duration INTERVAL = Duration.ofMillis(20);

    private static SimulatedWorld busyWorld(long seed) {
        SimulatedWorld world = new SimulatedWorld(seed);
        List<SimulatedNode> nodes = world.addNodes(5);
        nodes.forEach(node -> node.program(self -> new GossipingProgram(self, nodes)));
        return world;
    }

    private static int total(RandomFaults faults) {
        return faults.struck().values().stream().mapToInt(Integer::intValue).sum();
    }

    @Test
    void allFaultsReplayFromTheSeed() {
        long seed = Seeds.seed();
        long[] traces = new long[2];
        for (int run = 0; run < 2; run++) {
            SimulatedWorld world = busyWorld(seed);
            RandomFaults faults =
                    new RandomFaults(world, world.nodes(), FaultPlan.all(2, 2).every(INTERVAL), incident -> {});
            world.runFor(Duration.ofSeconds(3));
            assertTrue(total(faults) > 50, "struck " + faults.struck());
            traces[run] = world.traceHash();
        }

        assertEquals(traces[0], traces[1]);
    }

    @Test
    void neverMoreAreDownThanAllowedAndAllAreUpInTheEnd() {
        SimulatedWorld world = busyWorld(Seeds.seed());
        RandomFaults faults = new RandomFaults(
                world,
                world.nodes(),
                new FaultPlan(Set.of(Fault.POWER_CUT, Fault.STOP), 2, 0, INTERVAL),
                incident -> {});
        int mostDown = 0;
        for (int i = 0; i < 3000; i++) {
            world.runFor(Duration.ofMillis(1));
            int down = (int)
                    world.nodes().stream().filter(node -> !node.isRunning()).count();
            mostDown = Math.max(mostDown, down);
        }
        faults.end();

        assertEquals(2, mostDown);
        assertTrue(world.nodes().stream().allMatch(SimulatedNode::isRunning));
    }

    @Test
    void afterTheEndNothingIsLostAnyMore() {
        SimulatedWorld world = busyWorld(Seeds.seed());
        RandomFaults faults =
                new RandomFaults(world, world.nodes(), FaultPlan.network().every(INTERVAL), incident -> {});
        world.runFor(Duration.ofSeconds(1));
        faults.end();
        world.runFor(Duration.ofSeconds(1));
        long lost = world.network().lost();
        assertTrue(lost > 0);

        world.runFor(Duration.ofSeconds(1));

        assertEquals(lost, world.network().lost());
    }
}

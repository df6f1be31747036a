package io.annulus.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.simulator.RandomFaults.Fault;
import java.time.Duration;
import java.util.EnumSet;
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

    @Test
    void allFaultsReplayFromTheSeed() {
        long seed = Seeds.seed();
        long[] traces = new long[2];
        for (int run = 0; run < 2; run++) {
            SimulatedWorld world = busyWorld(seed);
            RandomFaults faults = new RandomFaults(world, world.nodes(), EnumSet.allOf(Fault.class), 2, INTERVAL);
            world.runFor(Duration.ofSeconds(3));
            assertTrue(faults.struck() > 50, "struck " + faults.struck());
            traces[run] = world.traceHash();
        }

        assertEquals(traces[0], traces[1]);
    }

    @Test
    void neverMoreAreDownThanAllowedAndAllAreUpInTheEnd() {
        SimulatedWorld world = busyWorld(Seeds.seed());
        RandomFaults faults = new RandomFaults(world, world.nodes(), Set.of(Fault.CRASH, Fault.STOP), 2, INTERVAL);
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
        RandomFaults faults = new RandomFaults(
                world, world.nodes(), EnumSet.of(Fault.CUT, Fault.ISOLATE, Fault.ROUGH_NETWORK), 0, INTERVAL);
        world.runFor(Duration.ofSeconds(1));
        faults.end();
        world.runFor(Duration.ofSeconds(1));
        long lost = world.network().lost();
        assertTrue(lost > 0);

        world.runFor(Duration.ofSeconds(1));

        assertEquals(lost, world.network().lost());
    }
}

package io.annulus.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.message.RingRequest;
import io.annulus.api.message.Verb;
import io.annulus.api.runtime.Cancellable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulatedWorldTest {

    @Test
    void sameSeedGivesSameTrace() {
        long seed = Seeds.seed();

        assertEquals(traceOfBusyWorld(seed), traceOfBusyWorld(seed));
    }

    @Test
    void anotherSeedGivesAnotherTrace() {
        long seed = Seeds.seed();

        assertNotEquals(traceOfBusyWorld(seed), traceOfBusyWorld(seed + 1));
    }

    private static List<String> traceOfBusyWorld(long seed) {
        List<String> lines = new ArrayList<>();
        SimulatedWorld world = new SimulatedWorld(seed);
        world.traceTo(lines::add);
        List<SimulatedNode> nodes = world.addNodes(5);
        world.network().set(NetworkSettings.ROUGH);
        nodes.forEach(node -> node.program(self -> new GossipingProgram(self, nodes)));
        world.after(Duration.ofMillis(200), nodes.get(0)::crash);
        world.after(Duration.ofMillis(300), nodes.get(0)::restart);
        world.after(Duration.ofMillis(100), () -> nodes.get(1).pause(Duration.ofMillis(100)));
        world.after(Duration.ofMillis(400), () -> world.network().isolate(nodes.get(2)));
        world.after(Duration.ofMillis(500), world.network()::heal);
        world.runFor(Duration.ofSeconds(1));
        assertTrue(
                world.network().delivered() > 1000,
                "delivered " + world.network().delivered());
        assertTrue(world.network().lost() > 10, "lost " + world.network().lost());
        lines.add(Long.toHexString(world.traceHash()));
        return lines;
    }

    @Test
    void tasksOfOneInstantRunInOrderOfInsertion() {
        SimulatedWorld world = new SimulatedWorld(1);
        SimulatedNode node = world.addNodes(1).get(0);
        List<Integer> ran = new ArrayList<>();

        node.run(() -> {
            node.loop().schedule(5, () -> ran.add(3));
            node.loop().schedule(5, () -> ran.add(4));
            node.loop().execute(() -> ran.add(1));
            node.loop().tryExecute(() -> ran.add(2));
        });
        world.runUntilIdle();

        assertEquals(List.of(1, 2, 3, 4), ran);
    }

    @Test
    void cancelledTimerNeverRunsEvenAfterAPause() {
        SimulatedWorld world = new SimulatedWorld(1);
        SimulatedNode node = world.addNodes(1).get(0);
        List<String> ran = new ArrayList<>();
        List<Cancellable> timer = new ArrayList<>();
        node.run(() -> timer.add(node.loop().schedule(2_000_000, () -> ran.add("timer"))));

        node.pause(Duration.ofMillis(10));
        world.after(Duration.ofMillis(5), timer.get(0)::cancel);
        world.runUntilIdle();

        assertEquals(List.of(), ran);
    }

    @Test
    void pausedLoopRunsItsTasksLate() {
        SimulatedWorld world = new SimulatedWorld(1);
        SimulatedNode node = world.addNodes(1).get(0);
        List<Long> ran = new ArrayList<>();
        node.run(() -> node.loop().schedule(1_000_000, () -> ran.add(world.nanos())));

        node.pause(Duration.ofMillis(8));
        world.runUntilIdle();

        assertEquals(List.of(8_000_000L), ran);
    }

    @Test
    void resumedLoopRunsWhatCameInThePauseAtOnceAndInOrder() {
        SimulatedWorld world = new SimulatedWorld(1);
        SimulatedNode node = world.addNodes(1).get(0);
        List<String> ran = new ArrayList<>();
        node.pause(Duration.ofMillis(8));
        node.loop().execute(() -> ran.add("first " + world.nanos()));
        node.loop().execute(() -> ran.add("second " + world.nanos()));
        world.after(Duration.ofNanos(5), node::resume);

        world.runUntilIdle();

        assertEquals(List.of("first 5", "second 5"), ran);
    }

    @Test
    void longerPauseEndsAfterTheShorterOne() {
        SimulatedWorld world = new SimulatedWorld(1);
        SimulatedNode node = world.addNodes(1).get(0);
        List<Long> ran = new ArrayList<>();
        node.pause(Duration.ofMillis(8));
        node.pause(Duration.ofMillis(3));
        node.loop().execute(() -> ran.add(world.nanos()));

        world.runUntilIdle();

        assertEquals(List.of(8_000_000L), ran);
    }

    @Test
    void pauseEndsWithTheLifeOfANode() {
        SimulatedWorld world = new SimulatedWorld(1);
        SimulatedNode node = world.addNodes(1).get(0);
        List<String> ran = new ArrayList<>();
        node.pause(Duration.ofMillis(8));
        node.loop().execute(() -> ran.add("former life"));
        world.runFor(Duration.ofMillis(1));
        node.crash();
        node.restart();
        node.loop().execute(() -> ran.add("this life"));

        world.runUntilIdle();

        assertEquals(List.of("this life"), ran);
    }

    @Test
    void deadNodeIsNeverRestarted() {
        SimulatedWorld world = new SimulatedWorld(1);
        SimulatedNode node = world.addNodes(1).get(0);
        node.die();

        assertFalse(node.isRunning());
        assertTrue(node.isDead());
        assertThrows(IllegalStateException.class, node::restart);
    }

    @Test
    void pollablesArePolledWithoutOtherWorkAndNotAfterCancel() {
        SimulatedWorld world = new SimulatedWorld(1);
        SimulatedNode node = world.addNodes(1).get(0);
        List<Long> polls = new ArrayList<>();
        Cancellable cancel = node.loop().addPollable(() -> {
            polls.add(world.nanos());
            return 0;
        });

        world.runFor(Duration.ofMillis(3));
        int before = polls.size();
        cancel.cancel();
        world.runFor(Duration.ofMillis(3));

        assertTrue(before >= 3, "polled " + before + " times");
        assertEquals(before, polls.size());
    }

    @Test
    void fullQueueRefusesOutsideTasksOnly() {
        SimulatedWorld world = new SimulatedWorld(1);
        SimulatedNode node = world.addNodes(1).get(0);
        node.loop().limitOutsideTasks(1);
        List<String> ran = new ArrayList<>();

        assertTrue(node.loop().tryExecute(() -> ran.add("first")));
        assertFalse(node.loop().tryExecute(() -> ran.add("second")));
        node.loop().execute(() -> ran.add("own"));
        world.runUntilIdle();

        assertEquals(List.of("first", "own"), ran);
    }

    @Test
    void failureOfATaskNamesTheSeed() {
        SimulatedWorld world = new SimulatedWorld(77);
        world.addNodes(1).get(0).loop().execute(() -> {
            throw new IllegalStateException("planted");
        });

        IllegalStateException thrown = assertThrows(IllegalStateException.class, world::runUntilIdle);

        assertTrue(thrown.getMessage().contains("seed 77"), thrown.getMessage());
    }

    @Test
    void failedAssertionNamesTheSeedToo() {
        SimulatedWorld world = new SimulatedWorld(77);
        world.addNodes(1).get(0).loop().execute(() -> {
            throw new AssertionError("planted");
        });

        IllegalStateException thrown = assertThrows(IllegalStateException.class, world::runUntilIdle);

        assertTrue(thrown.getMessage().contains("seed 77"), thrown.getMessage());
    }

    @Test
    void nodeOnAnEndpointInUseIsNotAdded() {
        SimulatedWorld world = new SimulatedWorld(1);
        SimulatedNode first = world.addNodes(1).get(0);

        assertThrows(IllegalStateException.class, () -> world.addNodes(1));

        assertEquals(List.of(first), world.nodes());
        List<String> got = new ArrayList<>();
        first.messenger().listen(Set.of(Verb.RING_REQUEST), (from, message) -> got.add("message"));
        first.run(() -> first.messenger().send(first.settings().endpoint(), new RingRequest(1)));
        world.runUntilIdle();
        assertEquals(List.of("message"), got);
    }

    @Test
    void keptFailureDoesNotStopTheWorld() {
        SimulatedWorld world = new SimulatedWorld(1);
        world.keepFailures();
        List<String> ran = new ArrayList<>();
        SimulatedNode node = world.addNodes(1).get(0);
        node.loop().execute(() -> {
            throw new IllegalStateException("planted");
        });
        node.loop().execute(() -> ran.add("later"));

        world.runUntilIdle();

        assertEquals(List.of("later"), ran);
        assertEquals(1, world.failures().size());
    }

    @Test
    void timersOffTheLoopAreRefused() {
        SimulatedNode node = new SimulatedWorld(1).addNodes(1).get(0);

        assertThrows(IllegalStateException.class, () -> node.loop().schedule(1, () -> {}));
    }

    @Test
    void wallClockIsSkewedAndTheHybridClockStillGrows() {
        SimulatedWorld world = new SimulatedWorld(1);
        SimulatedNode node = world.addNodes(1).get(0);
        long before = node.clock().next();

        node.skewWall(Duration.ofMinutes(-10));

        assertEquals(SimulatedWorld.START_WALL_MILLIS - 600_000, node.time().wallMillis());
        assertTrue(Long.compareUnsigned(node.clock().next(), before) > 0);
    }
}

package io.annulus.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NodeClocksTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private final SimulatedWorld world = new SimulatedWorld(Seeds.seed());
    private final SimulatedNode node = world.addNodes(1).get(0);

    private long wallMillis() {
        return node.time().wallMillis() - SimulatedWorld.START_WALL_MILLIS;
    }

    @Test
    void fastClockCountsMoreAndItsTimersAreEarly() {
        List<Long> ran = new ArrayList<>();
        long before = node.time().nanos();
        node.drift(250);
        node.run(() -> node.loop().schedule(SECOND.toNanos(), () -> ran.add(world.nanos())));
        world.runFor(SECOND);

        assertEquals(1_250_000_000, node.time().nanos() - before);
        assertEquals(1250, wallMillis());
        assertEquals(List.of(800_000_000L), ran);
    }

    @Test
    void slowClockCountsLessAndItsTimersAreLate() {
        List<Long> ran = new ArrayList<>();
        node.drift(-200);
        node.run(() -> node.loop().schedule(SECOND.toNanos(), () -> ran.add(world.nanos())));
        world.runFor(SECOND.multipliedBy(2));

        assertEquals(1600, wallMillis());
        assertEquals(List.of(1_250_000_000L), ran);
    }

    @Test
    void timerWaitsOnWhenItsClockBecomesSlower() {
        List<Long> ran = new ArrayList<>();
        long before = node.time().nanos();
        node.drift(500);
        node.run(() ->
                node.loop().schedule(SECOND.toNanos(), () -> ran.add(node.time().nanos() - before)));
        world.after(Duration.ofMillis(100), () -> node.drift(-500));
        world.runFor(SECOND.multipliedBy(3));

        assertEquals(List.of(SECOND.toNanos()), ran);
    }

    @Test
    void timerThatWaitsOnCanBeCancelled() {
        List<Long> ran = new ArrayList<>();
        node.drift(500);
        node.run(() -> {
            var timer = node.loop().schedule(SECOND.toNanos(), () -> ran.add(world.nanos()));
            world.after(SECOND, timer::cancel);
        });
        world.after(Duration.ofMillis(100), () -> node.drift(-500));
        world.runFor(SECOND.multipliedBy(3));

        assertEquals(List.of(), ran);
    }

    @Test
    void correctedClocksAgreeWithTheWorldAndMonotonicTimeNeverWentBack() {
        long last = node.time().nanos();
        for (int permille : new int[] {100, -100, 37, -499, 500, 0}) {
            node.drift(permille);
            for (int i = 0; i < 20; i++) {
                world.runFor(Duration.ofNanos(i * 7_777));
                assertTrue(node.time().nanos() >= last, "it went back at " + permille);
                last = node.time().nanos();
            }
        }
        node.correctClocks();

        assertTrue(node.time().nanos() >= last);
        assertEquals(world.nanos() / 1_000_000, wallMillis());
    }

    @Test
    void wallJumpsForwardAndBackWithoutMovingMonotonicTime() {
        long before = node.time().nanos();
        node.skewWall(Duration.ofHours(1));
        assertEquals(3_600_000, wallMillis());
        node.skewWall(Duration.ofHours(-1));
        assertEquals(-3_600_000, wallMillis());
        assertEquals(before, node.time().nanos());
    }

    @Test
    void crystalSoWrongIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> node.drift(501));
        assertThrows(IllegalArgumentException.class, () -> node.drift(-1000));
    }
}

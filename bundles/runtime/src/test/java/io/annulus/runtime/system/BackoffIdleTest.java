package io.annulus.runtime.system;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.annulus.runtime.system.BackoffIdle.Step;
import org.junit.jupiter.api.Test;

class BackoffIdleTest {

    private final BackoffIdle idle = new BackoffIdle();

    private void exhaust(Step step, int times) {
        for (int i = 0; i < times; i++) {
            assertEquals(step, idle.next());
        }
    }

    @Test
    void spinsThenYieldsThenParks() {
        exhaust(Step.SPIN, BackoffIdle.SPINS);
        exhaust(Step.YIELD, BackoffIdle.YIELDS);
        exhaust(Step.PARK, 100);
        idle.reset();
        exhaust(Step.SPIN, 1);
    }

    @Test
    void parksTwiceAsLongEachTimeUpToTheMost() {
        long expected = BackoffIdle.MIN_PARK_NANOS;
        for (int i = 0; i < 20; i++) {
            assertEquals(expected, idle.nextParkNanos());
            expected = Math.min(expected * 2, BackoffIdle.MAX_PARK_NANOS);
        }
        idle.reset();
        assertEquals(BackoffIdle.MIN_PARK_NANOS, idle.nextParkNanos());
    }
}

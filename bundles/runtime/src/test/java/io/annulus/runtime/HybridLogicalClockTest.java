package io.annulus.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.runtime.HybridClock;
import io.annulus.api.runtime.TimeSource;
import org.junit.jupiter.api.Test;

class HybridLogicalClockTest {

    private static final long START = 1_700_000_000_000L;

    private long wall = START;
    private final HybridLogicalClock clock = new HybridLogicalClock(
            new TimeSource() {
                @Override
                public long nanos() {
                    throw new AssertionError("a hybrid clock reads the wall clock alone");
                }

                @Override
                public long wallMillis() {
                    return wall;
                }
            },
            10_000);

    @Test
    void followsTheWallClock() {
        assertEquals(START << 16, clock.next());
        wall += 5;
        assertEquals((START + 5) << 16, clock.next());
    }

    @Test
    void growsWhileTheWallClockGoesBack() {
        long before = clock.next();
        wall -= 3_600_000;

        assertEquals(before + 1, clock.next());
    }

    @Test
    void counterThatOverflowsCarriesIntoTheMilliseconds() {
        for (int i = 0; i < 1 << 16; i++) {
            clock.next();
        }
        long timestamp = clock.next();

        assertEquals(START + 1, HybridClock.millisOf(timestamp));
        assertEquals(0, timestamp & 0xffff);
    }

    @Test
    void nextIsAfterWhatWasObserved() {
        long seen = (START + 10_000) << 16 | 77;

        assertTrue(clock.observe(seen));
        assertEquals(seen + 1, clock.next());
    }

    @Test
    void timestampTooFarAheadIsIgnored() {
        assertFalse(clock.observe((START + 10_001) << 16));
        assertFalse(clock.observe(-1L));
        assertEquals(START << 16, clock.next());
    }

    @Test
    void earlierTimestampChangesNothing() {
        long before = clock.next();

        assertTrue(clock.observe(before - 1));
        assertEquals(before + 1, clock.next());
    }

    @Test
    void alwaysGrowsWhateverTheWallClockDoes() {
        Xoshiro256 random = new Xoshiro256(Seeds.next("alwaysGrowsWhateverTheWallClockDoes", 0));
        long last = clock.next();
        for (int i = 0; i < 100_000; i++) {
            wall = START + random.nextInt(20_000) - 10_000;
            clock.observe((START + random.nextInt(40_000)) << 16 | random.nextInt(1 << 16));
            long next = clock.next();
            assertTrue(Long.compareUnsigned(next, last) > 0, "a timestamp did not grow");
            assertTrue(HybridClock.millisOf(next) <= START + 20_001, "it was dragged too far ahead");
            last = next;
        }
    }

    @Test
    void clockAtItsEndRefusesInsteadOfBeginningAnew() {
        wall = Long.MAX_VALUE;
        assertTrue(clock.observe(-2L));
        assertEquals(-1L, clock.next());

        assertThrows(IllegalStateException.class, clock::next);
        wall = START;
        assertThrows(IllegalStateException.class, clock::next);
    }
}

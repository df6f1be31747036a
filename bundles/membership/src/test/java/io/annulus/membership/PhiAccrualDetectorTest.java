package io.annulus.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PhiAccrualDetectorTest {

    private static final long MILLI = 1_000_000;

    private final PhiAccrualDetector detector = new PhiAccrualDetector(500 * MILLI, 2_000 * MILLI, 0);
    private long now;

    private void heartbeatAfter(long millis) {
        now += millis * MILLI;
        detector.heartbeat(now);
    }

    private double phiAfter(long millis) {
        return detector.phi(now + millis * MILLI);
    }

    // log10(2): as likely later as not.
    @Test
    void atTheMeanTheChanceIsEven() {
        for (int i = 0; i < 150; i++) {
            heartbeatAfter(500);
        }

        assertEquals(0.30103, phiAfter(500), 1e-5);
    }

    @Test
    void growsWithSilenceWithoutBound() {
        double last = 0;
        for (int millis = 0; millis < 600_000; millis += 50) {
            double phi = phiAfter(millis);
            assertTrue(phi >= last && Double.isFinite(phi), "phi fell or overflowed");
            last = phi;
        }
        assertTrue(last > 1_000);
    }

    @Test
    void regularMemberIsNotSuspectedForASmallDelay() {
        for (int i = 0; i < 150; i++) {
            heartbeatAfter(500);
        }

        assertTrue(phiAfter(1_500) < 5);
        assertTrue(phiAfter(4_000) > 10);
    }

    @Test
    void irregularMemberIsGivenMoreTimeButNotForever() {
        for (int i = 0; i < 100; i++) {
            heartbeatAfter(i % 2 == 0 ? 200 : 60_000);
        }

        assertTrue(phiAfter(4_000) < 10);
        assertTrue(phiAfter(9_000) > 10);
    }

    @Test
    void windowForgetsOldIntervals() {
        for (int i = 0; i < 100; i++) {
            heartbeatAfter(2_000);
        }
        double before = phiAfter(4_000);
        for (int i = 0; i < 100; i++) {
            heartbeatAfter(500);
        }

        assertTrue(before < 5);
        assertTrue(phiAfter(4_000) > 10);
    }

    @Test
    void ownPauseIsNotCounted() {
        heartbeatAfter(500);
        now += 8_000 * MILLI;
        detector.forgive(7_900 * MILLI, now);

        assertEquals(100 * MILLI, detector.silentNanos(now));
        detector.forgive(5_000 * MILLI, now);
        assertEquals(0, detector.silentNanos(now));
    }

    @Test
    void resetForgetsAll() {
        for (int i = 0; i < 100; i++) {
            heartbeatAfter(2_000);
        }
        detector.reset(now);

        assertTrue(phiAfter(4_000) > 10);
    }

    @Test
    void impossibleIntervalsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> new PhiAccrualDetector(0, 1, 0));
        assertThrows(IllegalArgumentException.class, () -> new PhiAccrualDetector(2 * MILLI, MILLI, 0));
    }
}

package io.annulus.membership;

import java.util.concurrent.TimeUnit;

/**
 * The suspicion level of one member (Hayashibara, Defago, Yared and Katayama, "The phi accrual failure detector", 2004):
 * phi = -log10 of the probability that a heartbeat comes later than now, had the intervals between heartbeats a normal
 * distribution with the mean and deviation of the last hundred. Akka's logistic approximation of that distribution is used,
 * with a least deviation, so that a regular member is not suspected for a small delay.
 *
 * <p>Intervals above a limit count as that limit, so that an irregular member is still found dead in bounded time. Owned by
 * the event loop; time comes in as argument.
 */
final class PhiAccrualDetector {

    private static final int WINDOW = 100;

    private final int[] intervalsMicros = new int[WINDOW];
    private final double leastDeviationMicros;
    private final long expectedMicros;
    private final long maxMicros;
    private int next;
    private int count;
    private long sum;
    private long sumOfSquares;
    private long lastNanos;

    /**
     * A detector that takes now for a heartbeat.
     *
     * @param expectedNanos usual interval, known before any was measured; also the least deviation
     * @param maxNanos interval as which longer ones count
     */
    PhiAccrualDetector(long expectedNanos, long maxNanos, long nowNanos) {
        expectedMicros = TimeUnit.NANOSECONDS.toMicros(expectedNanos);
        leastDeviationMicros = expectedMicros;
        maxMicros = TimeUnit.NANOSECONDS.toMicros(maxNanos);
        if (expectedMicros < 1 || maxMicros < expectedMicros || maxMicros > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "intervals of " + expectedMicros + " us, at most " + maxMicros + " us, are no range");
        }
        reset(nowNanos);
    }

    /** Forgets all intervals: the member lives anew. */
    void reset(long nowNanos) {
        next = 0;
        count = 0;
        sum = 0;
        sumOfSquares = 0;
        lastNanos = nowNanos;
        add(expectedMicros);
    }

    /** A newer heartbeat came. */
    void heartbeat(long nowNanos) {
        add(Math.min(maxMicros, TimeUnit.NANOSECONDS.toMicros(nowNanos - lastNanos)));
        lastNanos = nowNanos;
    }

    /** Does not count a time in which this node itself could not hear. */
    void forgive(long pauseNanos, long nowNanos) {
        lastNanos = Math.min(nowNanos - lastNanos, pauseNanos) + lastNanos;
    }

    /** How long the member was silent. */
    long silentNanos(long nowNanos) {
        return nowNanos - lastNanos;
    }

    /** The suspicion level, 0 or more; it grows with silence. */
    double phi(long nowNanos) {
        double mean = (double) sum / count;
        double variance = (double) sumOfSquares / count - mean * mean;
        double deviation = Math.max(leastDeviationMicros, Math.sqrt(Math.max(0, variance)));
        double y = (silentNanos(nowNanos) / 1e3 - mean) / deviation;
        // The probability of a later heartbeat is 1 / (1 + e^x).
        double x = y * (1.5976 + 0.070566 * y * y);
        return x > 30 ? x / Math.log(10) : Math.log10(1 + Math.exp(x));
    }

    private void add(long micros) {
        if (count == WINDOW) {
            long old = intervalsMicros[next];
            sum -= old;
            sumOfSquares -= old * old;
        } else {
            count++;
        }
        intervalsMicros[next] = (int) micros;
        sum += micros;
        sumOfSquares += micros * micros;
        next = (next + 1) % WINDOW;
    }
}

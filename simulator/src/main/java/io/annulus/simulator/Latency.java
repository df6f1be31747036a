package io.annulus.simulator;

/**
 * How long a message is under way: mostly a time drawn evenly from a range, and now and then, as in real networks, very much
 * longer, evenly over the orders of magnitude.
 *
 * @param minNanos least time
 * @param maxNanos greatest time of a message that is not in the tail
 * @param tailPerMillion how many of a million are in the tail
 * @param tailMaxNanos greatest time of one in the tail
 */
public record Latency(long minNanos, long maxNanos, int tailPerMillion, long tailMaxNanos) {

    public Latency {
        if (minNanos < 0 || maxNanos < minNanos) {
            throw new IllegalArgumentException("latency of " + minNanos + " to " + maxNanos + " ns is no range");
        }
        if (tailPerMillion < 0 || tailPerMillion > 1_000_000 || tailMaxNanos < maxNanos) {
            throw new IllegalArgumentException("a tail of " + tailPerMillion + " messages of a million that take up to "
                    + tailMaxNanos + " ns is not one of 0 to 1000000 that reaches beyond " + maxNanos + " ns");
        }
    }

    /** A time drawn evenly from a range. */
    public static Latency between(long minNanos, long maxNanos) {
        return new Latency(minNanos, maxNanos, 0, maxNanos);
    }

    long draw(SimulatedRandom random) {
        if (!random.perMillion(tailPerMillion)) {
            return random.between(minNanos, maxNanos);
        }
        double magnitudes = StrictMath.log((double) tailMaxNanos / Math.max(1, maxNanos));
        return (long) (Math.max(1, maxNanos) * StrictMath.exp(magnitudes * random.between(0, 1_000_000) / 1_000_000));
    }
}

package io.annulus.simulator;

import java.util.Objects;

/**
 * How the network treats a message between two nodes. A message that a node sends to itself is neither delayed nor lost.
 *
 * @param latency time under way of a message that is not reordered
 * @param lossPerMillion how many of a million messages are lost
 * @param duplicatePerMillion how many are delivered twice
 * @param reorderPerMillion how many may overtake or be overtaken, up to ten times as long under way; others arrive in the
 *     order in which they were sent
 * @param maxInFlight most messages under way from one node to another; more are refused by the messenger
 * @param bandwidth how many bytes pass from one node to another
 */
public record NetworkSettings(
        Latency latency,
        int lossPerMillion,
        int duplicatePerMillion,
        int reorderPerMillion,
        int maxInFlight,
        Bandwidth bandwidth) {

    /** A network of 0.1 to 1 ms that loses nothing and keeps order. */
    public static final NetworkSettings CALM = new NetworkSettings(100_000, 1_000_000, 0, 0, 0, 65_536);

    /** A network of 0.1 to 5 ms, one in a hundred up to a second, that loses 2 %, doubles 2 % and reorders 10 %. */
    public static final NetworkSettings ROUGH = new NetworkSettings(100_000, 5_000_000, 20_000, 20_000, 100_000, 65_536)
            .with(new Latency(100_000, 5_000_000, 10_000, 1_000_000_000));

    public NetworkSettings {
        Objects.requireNonNull(latency, "latency");
        Objects.requireNonNull(bandwidth, "bandwidth");
        requirePerMillion("lost", lossPerMillion);
        requirePerMillion("delivered twice", duplicatePerMillion);
        requirePerMillion("reordered", reorderPerMillion);
        if (maxInFlight < 1) {
            throw new IllegalArgumentException(
                    "a link with at most " + maxInFlight + " messages under way carries none; give at least 1");
        }
    }

    /** A network of even latency whose links carry any number of bytes. */
    public NetworkSettings(
            long minLatencyNanos,
            long maxLatencyNanos,
            int lossPerMillion,
            int duplicatePerMillion,
            int reorderPerMillion,
            int maxInFlight) {
        this(
                Latency.between(minLatencyNanos, maxLatencyNanos),
                lossPerMillion,
                duplicatePerMillion,
                reorderPerMillion,
                maxInFlight,
                Bandwidth.UNLIMITED);
    }

    private static void requirePerMillion(String what, int cases) {
        if (cases < 0 || cases > 1_000_000) {
            throw new IllegalArgumentException(
                    cases + " of a million messages " + what + " is not 0 to 1000000 of them");
        }
    }

    /** The same with another latency. */
    public NetworkSettings with(Latency other) {
        return new NetworkSettings(
                other, lossPerMillion, duplicatePerMillion, reorderPerMillion, maxInFlight, bandwidth);
    }

    /** The same with another bandwidth. */
    public NetworkSettings with(Bandwidth other) {
        return new NetworkSettings(latency, lossPerMillion, duplicatePerMillion, reorderPerMillion, maxInFlight, other);
    }
}

package io.annulus.simulator;

/**
 * How the network treats a message between two nodes. A message that a node sends to itself is neither delayed nor lost.
 *
 * @param minLatencyNanos least time under way
 * @param maxLatencyNanos greatest time under way of a message that is not reordered
 * @param lossPerMillion how many of a million messages are lost
 * @param duplicatePerMillion how many are delivered twice
 * @param reorderPerMillion how many may overtake or be overtaken, up to ten times the greatest latency late; others
 *     arrive in the order in which they were sent
 * @param maxInFlight most messages under way from one node to another; more are refused by the messenger
 */
public record NetworkSettings(
        long minLatencyNanos,
        long maxLatencyNanos,
        int lossPerMillion,
        int duplicatePerMillion,
        int reorderPerMillion,
        int maxInFlight) {

    /** A network of 0.1 to 1 ms that loses nothing and keeps order. */
    public static final NetworkSettings CALM = new NetworkSettings(100_000, 1_000_000, 0, 0, 0, 65_536);

    /** A network of 0.1 to 5 ms that loses 2 %, doubles 2 % and reorders 10 %. */
    public static final NetworkSettings ROUGH =
            new NetworkSettings(100_000, 5_000_000, 20_000, 20_000, 100_000, 65_536);

    public NetworkSettings {
        if (minLatencyNanos < 0 || maxLatencyNanos < minLatencyNanos) {
            throw new IllegalArgumentException(
                    "latency of " + minLatencyNanos + " to " + maxLatencyNanos + " ns is no range");
        }
    }
}

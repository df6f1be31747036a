package io.annulus.replication;

/**
 * Settings of the request path.
 *
 * @param maxInFlight operations that one node coordinates at a time; more are refused
 * @param hedgeMillis after how long a read asks one more replica than it needs
 * @param maxHints records that a node keeps for owners that are down; more are dropped and counted, and left to read repair
 * @param hintBatch hints on their way to one owner at a time
 * @param hintIntervalMillis pause between two batches to one owner
 */
public record ReplicationConfig(
        int maxInFlight, int hedgeMillis, long maxHints, int hintBatch, int hintIntervalMillis) {

    public ReplicationConfig {
        check("max.in.flight", maxInFlight, 1, 1_000_000);
        check("hedge.millis", hedgeMillis, 1, 600_000);
        check("max.hints", maxHints, 0, 1L << 40);
        check("hint.batch", hintBatch, 1, 1024);
        check("hint.interval.millis", hintIntervalMillis, 1, 3_600_000);
    }

    /** The defaults. */
    public static ReplicationConfig defaults() {
        return new ReplicationConfig(4096, 50, 1_000_000, 128, 50);
    }

    private static void check(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " = " + value + " is not " + least + " to " + most
                    + "; correct it in annulus.replication.cfg");
        }
    }
}

package io.annulus.simulator;

/**
 * How fast a disk is.
 *
 * @param minSyncNanos least time of a sync of the log
 * @param maxSyncNanos greatest time of one
 * @param maxReadNanos greatest time of a read
 * @param maxWaiting most appends that wait for a sync; more fail as if the disk were full
 */
public record DiskSettings(long minSyncNanos, long maxSyncNanos, long maxReadNanos, int maxWaiting) {

    /** Syncs in 0.1 to 0.5 ms. */
    public static final DiskSettings FAST = new DiskSettings(100_000, 500_000, 100_000, 65_536);

    /** Syncs in 10 to 500 ms and reads in up to 100 ms. */
    public static final DiskSettings SLOW = new DiskSettings(10_000_000, 500_000_000, 100_000_000, 65_536);

    public DiskSettings {
        if (minSyncNanos < 0 || maxSyncNanos < minSyncNanos || maxReadNanos < 0) {
            throw new IllegalArgumentException("a sync of " + minSyncNanos + " to " + maxSyncNanos
                    + " ns and a read of up to " + maxReadNanos + " ns are no ranges");
        }
        if (maxWaiting < 1) {
            throw new IllegalArgumentException(
                    "a disk where at most " + maxWaiting + " appends wait takes none; give at least 1");
        }
    }
}

package io.annulus.storage;

/**
 * Bounds of compaction.
 *
 * @param threads most merges at a time; as many threads run them
 * @param shardBytes about how large a sorted table becomes before it is cut in two
 * @param bytesPerSecond that all merges together take in at most, 0 for no bound
 */
public record CompactionConfig(int threads, long shardBytes, long bytesPerSecond) {

    private static final long MOST_STEP_BYTES = 1 << 20;
    private static final int MOST_THREADS = 64;

    public CompactionConfig {
        if (threads < 1 || threads > MOST_THREADS) {
            throw new IllegalArgumentException(threads + " compaction threads are not 1 to " + MOST_THREADS);
        }
        if (shardBytes < 1 << 10) {
            throw new IllegalArgumentException("shards of " + shardBytes + " bytes are below " + (1 << 10));
        }
        if (bytesPerSecond < 0) {
            throw new IllegalArgumentException("a compaction rate of " + bytesPerSecond + " bytes is below 0");
        }
    }

    /** Bytes that a merge takes in before it looks whether it should wait. */
    long stepBytes() {
        return Math.min(MOST_STEP_BYTES, shardBytes / 4);
    }
}

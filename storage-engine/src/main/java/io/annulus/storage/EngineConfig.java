package io.annulus.storage;

import java.util.Objects;

/**
 * Bounds of the engine.
 *
 * @param memtableBytes bytes of all active memtables together at which they are written out
 * @param flushAgeNanos after this, and at most twice this, memtables are written out whatever their size
 * @param queuedBytes bytes of writes that may wait for the log
 * @param queuedWrites number of writes that may wait for the log
 * @param queuedReads number of reads that may wait for files
 * @param blockCacheBytes bytes of unpacked blocks of sorted tables kept in memory; 0 keeps none
 * @param reserveBytes below so many free bytes on the disk writes are refused
 * @param separateBytes records from this size on are written to value files when memtables are written out
 * @param directBytes records from this size on are written to value files at once, and to the log only where they are
 * @param compaction bounds of merges
 */
public record EngineConfig(
        long memtableBytes,
        long flushAgeNanos,
        long queuedBytes,
        int queuedWrites,
        int queuedReads,
        long blockCacheBytes,
        long reserveBytes,
        int separateBytes,
        int directBytes,
        CompactionConfig compaction) {

    /** What separates records to value files unless measured otherwise. */
    public static final int SEPARATE_BYTES = 4 << 10;

    /** What goes to value files at once; smaller records share the sync of the log. Not measured against a second sync. */
    public static final int DIRECT_BYTES = 32 << 10;

    private static final int MEMTABLES = 3;

    public EngineConfig {
        Objects.requireNonNull(compaction, "compaction");
        atLeast("memtable bytes", memtableBytes, 1 << 10);
        atLeast("flush age in nanoseconds", flushAgeNanos, 1);
        atLeast("queued bytes", queuedBytes, 1 << 10);
        atLeast("queued writes", queuedWrites, 1);
        atLeast("queued reads", queuedReads, 1);
        atLeast("block cache bytes", blockCacheBytes, 0);
        atLeast("reserve bytes", reserveBytes, 0);
        atLeast("bytes of a separate record", separateBytes, 1);
        atLeast("bytes of a record that is separate at once", directBytes, separateBytes);
    }

    /** Bytes that active memtables, frozen ones and those being written out may take together. */
    public long memoryBytes() {
        return MEMTABLES * memtableBytes;
    }

    /** About how many bytes the sorted table has that a memtable becomes: half of it is index and what compression saves. */
    long flushBytes() {
        return memtableBytes / 2;
    }

    private static void atLeast(String what, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(what + " " + value + " is below " + least);
        }
    }
}

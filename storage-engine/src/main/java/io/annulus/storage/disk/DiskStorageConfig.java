package io.annulus.storage.disk;

import io.annulus.storage.CompactionConfig;
import io.annulus.storage.EngineConfig;
import io.annulus.storage.StorageOpenException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Configuration of the engine on a disk.
 *
 * @param directory absolute data directory; made when it does not exist
 * @param memtableBytes bytes of records in memory at which they are written to sorted tables
 * @param flushSeconds after this, and at most twice this, records are written to sorted tables whatever their size
 * @param queues how much may wait
 * @param readThreads threads that read files
 * @param blockCacheBytes bytes of unpacked blocks of sorted tables kept in memory; 0 keeps none
 * @param reserveBytes below so many free bytes on the disk writes are refused
 * @param separateBytes records from this size on go to value files, where merges leave them
 * @param compaction bounds of merges
 */
public record DiskStorageConfig(
        Path directory,
        long memtableBytes,
        int flushSeconds,
        QueueLimits queues,
        int readThreads,
        long blockCacheBytes,
        long reserveBytes,
        int separateBytes,
        CompactionConfig compaction) {

    /** Default of {@code memtableBytes}. */
    public static final long MEMTABLE_BYTES = 64 << 20;

    /** Default of {@code flushSeconds}. */
    public static final int FLUSH_SECONDS = 600;

    /** Default of {@code readThreads}. */
    public static final int READ_THREADS = 2;

    /** Default of {@code blockCacheBytes}. */
    public static final long BLOCK_CACHE_BYTES = 64 << 20;

    /** Default of {@code reserveBytes}; the log maps sparse files, and must never meet a full disk. */
    public static final long RESERVE_BYTES = 512 << 20;

    /** Greatest {@code memtableBytes}: what the addresses of a memtable reach, with room for superseded records. */
    public static final long MOST_MEMTABLE_BYTES = 8L << 30;

    /** Default of the shards' size within {@code compaction}. */
    public static final long SHARD_BYTES = 64 << 20;

    /** Default of the number of threads within {@code compaction}. */
    public static final int COMPACTION_THREADS = 2;

    /** Default of {@code compaction}. */
    public static final CompactionConfig COMPACTION = new CompactionConfig(COMPACTION_THREADS, SHARD_BYTES, 0);

    private static final int MAX_READ_THREADS = 64;

    public DiskStorageConfig {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(queues, "queues");
        Objects.requireNonNull(compaction, "compaction");
        if (!directory.isAbsolute()) {
            throw new IllegalArgumentException("data directory '" + directory + "' is not absolute");
        }
        if (memtableBytes > MOST_MEMTABLE_BYTES) {
            throw new IllegalArgumentException(
                    "memtables of " + memtableBytes + " bytes are above " + MOST_MEMTABLE_BYTES);
        }
        if (flushSeconds < 1) {
            throw new IllegalArgumentException("flush age of " + flushSeconds + " seconds is below 1");
        }
        if (readThreads < 1 || readThreads > MAX_READ_THREADS) {
            throw new IllegalArgumentException(readThreads + " read threads are not 1 to " + MAX_READ_THREADS);
        }
    }

    /** The defaults. */
    public static DiskStorageConfig in(Path directory) {
        return new DiskStorageConfig(
                directory,
                MEMTABLE_BYTES,
                FLUSH_SECONDS,
                QueueLimits.DEFAULT,
                READ_THREADS,
                BLOCK_CACHE_BYTES,
                RESERVE_BYTES,
                EngineConfig.SEPARATE_BYTES,
                COMPACTION);
    }

    /**
     * Refuses bounds that the heap cannot hold: memory would run out long before writes are slowed.
     *
     * @param heapBytes that there may be
     */
    void requireFits(long heapBytes) {
        long needed = engine().memoryBytes() + blockCacheBytes;
        if (needed > heapBytes) {
            throw new StorageOpenException("three times memtable.bytes = " + memtableBytes + " and block.cache.bytes = "
                    + blockCacheBytes + " are " + needed + " bytes, more than the heap of " + heapBytes
                    + "; lower them, or raise the heap (-Xmx)");
        }
    }

    EngineConfig engine() {
        return new EngineConfig(
                memtableBytes,
                TimeUnit.SECONDS.toNanos(flushSeconds),
                queues.bytes(),
                queues.writes(),
                queues.reads(),
                blockCacheBytes,
                reserveBytes,
                separateBytes,
                EngineConfig.DIRECT_BYTES,
                compaction);
    }
}

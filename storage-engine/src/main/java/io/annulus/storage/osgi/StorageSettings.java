package io.annulus.storage.osgi;

import io.annulus.storage.CompactionConfig;
import io.annulus.storage.EngineConfig;
import io.annulus.storage.disk.DiskStorageConfig;
import io.annulus.storage.disk.QueueLimits;
import java.nio.file.Path;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration {@code annulus.storage}. The values are texts, so that errors can show what was written. */
@ObjectClassDefinition(
        id = "annulus.storage",
        name = "Annulus storage",
        description = "Commit log, memtables and sorted tables of this node. A change restarts the storage.")
public @interface StorageSettings {

    @AttributeDefinition(
            name = "Memtable bytes",
            description =
                    "Bytes of records in memory at which they are written to sorted tables; three times as much may be"
                            + " in memory at once")
    String memtable_bytes() default "" + DiskStorageConfig.MEMTABLE_BYTES;

    @AttributeDefinition(
            name = "Flush age in seconds",
            description =
                    "After this time, and at most twice it, records are written to sorted tables whatever their size")
    String flush_seconds() default "" + DiskStorageConfig.FLUSH_SECONDS;

    @AttributeDefinition(
            name = "Queued bytes",
            description = "Bytes of writes that may wait for the log; more are refused")
    String queued_bytes() default "" + QueueLimits.BYTES;

    @AttributeDefinition(name = "Queued writes", description = "Writes that may wait for the log; more are refused")
    String queued_writes() default "" + QueueLimits.WRITES;

    @AttributeDefinition(name = "Queued reads", description = "Reads that may wait for files; more are refused")
    String queued_reads() default "" + QueueLimits.READS;

    @AttributeDefinition(name = "Read threads", description = "Threads that read sorted tables, 1 to 64")
    String read_threads() default "" + DiskStorageConfig.READ_THREADS;

    @AttributeDefinition(
            name = "Block cache bytes",
            description = "Bytes of unpacked blocks of sorted tables kept in memory for reads; 0 keeps none")
    String block_cache_bytes() default "" + DiskStorageConfig.BLOCK_CACHE_BYTES;

    @AttributeDefinition(
            name = "Reserve bytes",
            description =
                    "When fewer bytes are free on the disk, writes are refused; the log must never meet a full disk")
    String reserve_bytes() default "" + DiskStorageConfig.RESERVE_BYTES;

    @AttributeDefinition(
            name = "Separate bytes",
            description = "Records from this size on go to value files, where merges leave them, 64 to 1073741824")
    String separate_bytes() default "" + EngineConfig.SEPARATE_BYTES;

    @AttributeDefinition(name = "Compaction threads", description = "Most merges of sorted tables at a time, 1 to 64")
    String compaction_threads() default "" + DiskStorageConfig.COMPACTION_THREADS;

    @AttributeDefinition(
            name = "Compaction bytes per second",
            description = "What all merges together take in each second at most; 0 for no bound")
    String compaction_bytes_per_second() default "0";

    @AttributeDefinition(
            name = "Shard bytes",
            description = "About how large a sorted table becomes before it is cut in two")
    String shard_bytes() default "" + DiskStorageConfig.SHARD_BYTES;

    /** Reads the texts. */
    final class Reader {

        private static final long MOST_BYTES = 1L << 40;

        private Reader() {}

        /** @throws IllegalArgumentException naming configuration, key, value and range, when one cannot be used */
        static DiskStorageConfig config(StorageSettings settings, Path directory) {
            return new DiskStorageConfig(
                    directory,
                    number("memtable.bytes", settings.memtable_bytes(), 1 << 10, DiskStorageConfig.MOST_MEMTABLE_BYTES),
                    (int) number("flush.seconds", settings.flush_seconds(), 1, Integer.MAX_VALUE),
                    new QueueLimits(
                            number("queued.bytes", settings.queued_bytes(), 1 << 10, MOST_BYTES),
                            (int) number("queued.writes", settings.queued_writes(), 1, Integer.MAX_VALUE),
                            (int) number("queued.reads", settings.queued_reads(), 1, Integer.MAX_VALUE)),
                    (int) number("read.threads", settings.read_threads(), 1, 64),
                    number("block.cache.bytes", settings.block_cache_bytes(), 0, MOST_BYTES),
                    number("reserve.bytes", settings.reserve_bytes(), 0, MOST_BYTES),
                    (int) number("separate.bytes", settings.separate_bytes(), 64, 1 << 30),
                    new CompactionConfig(
                            (int) number("compaction.threads", settings.compaction_threads(), 1, 64),
                            number("shard.bytes", settings.shard_bytes(), 1 << 20, MOST_BYTES),
                            number(
                                    "compaction.bytes.per.second",
                                    settings.compaction_bytes_per_second(),
                                    0,
                                    MOST_BYTES)));
        }

        private static long number(String key, String text, long least, long most) {
            try {
                long value = Long.parseLong(text.trim());
                if (value >= least && value <= most) {
                    return value;
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(message(key, text, least, most), e);
            }
            throw new IllegalArgumentException(message(key, text, least, most));
        }

        private static String message(String key, String text, long least, long most) {
            return key + " = '" + text + "' is not a whole number of " + least + " to " + most
                    + "; correct it in the configuration annulus.storage";
        }
    }
}

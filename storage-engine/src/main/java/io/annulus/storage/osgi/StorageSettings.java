package io.annulus.storage.osgi;

import io.annulus.storage.disk.DiskStorageConfig;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Configuration {@code annulus.storage}. */
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
    long memtable_bytes() default DiskStorageConfig.MEMTABLE_BYTES;

    @AttributeDefinition(
            name = "Flush age in seconds",
            description =
                    "After this time, and at most twice it, records are written to sorted tables whatever their size")
    int flush_seconds() default DiskStorageConfig.FLUSH_SECONDS;

    @AttributeDefinition(
            name = "Queued bytes",
            description = "Bytes of writes that may wait for the log; more are refused")
    long queued_bytes() default DiskStorageConfig.QUEUED_BYTES;

    @AttributeDefinition(name = "Queued writes", description = "Writes that may wait for the log; more are refused")
    int queued_writes() default DiskStorageConfig.QUEUED_WRITES;

    @AttributeDefinition(name = "Queued reads", description = "Reads that may wait for files; more are refused")
    int queued_reads() default DiskStorageConfig.QUEUED_READS;

    @AttributeDefinition(name = "Read threads", description = "Threads that read sorted tables, 1 to 64")
    int read_threads() default DiskStorageConfig.READ_THREADS;

    @AttributeDefinition(
            name = "Reserve bytes",
            description =
                    "When fewer bytes are free on the disk, writes are refused; the log must never meet a full disk")
    long reserve_bytes() default DiskStorageConfig.RESERVE_BYTES;
}

package io.annulus.storage;

import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes of one table: the log and the store thread add, any thread reads. */
final class TableCounts {

    private final AtomicLong user = new AtomicLong();
    private final AtomicLong memtables = new AtomicLong();
    private final AtomicLong flushed = new AtomicLong();
    private final AtomicLong compacted = new AtomicLong();

    /** A record was written; log thread. */
    void written(long bytes, long grown) {
        // One thread adds, so that a plain read and an ordered write do.
        user.lazySet(user.getPlain() + bytes);
        memtables.addAndGet(grown);
    }

    /** A memtable came from the log. */
    void replayed(long bytes) {
        memtables.addAndGet(bytes);
    }

    /** A memtable was written out; store thread. */
    void flushed(long memtableBytes, long bytes) {
        memtables.addAndGet(-memtableBytes);
        flushed.lazySet(flushed.getPlain() + bytes);
    }

    /** Sorted tables were merged; store thread. */
    void compacted(long bytes) {
        compacted.lazySet(compacted.getPlain() + bytes);
    }

    long userBytes() {
        return user.get();
    }

    long memtableBytes() {
        return memtables.get();
    }

    long flushedBytes() {
        return flushed.get();
    }

    long compactedBytes() {
        return compacted.get();
    }
}

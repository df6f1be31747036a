package io.annulus.storage;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes in memtables: the log thread adds, the store thread takes away, the loop and status read. */
final class MemoryUse {

    private final AtomicLong bytes = new AtomicLong();

    void add(long more) {
        bytes.addAndGet(more);
    }

    long bytes() {
        return bytes.get();
    }
}

package io.annulus.storage.log;

import java.io.Closeable;
import java.io.IOException;

/**
 * A segment that is being written. Any thread appends, one at a time, each after it saw what the one before did; the log
 * thread syncs meanwhile, and closes it when none appends any more.
 */
public interface LogSegment extends Closeable {

    /** Appends one batch: it survives the process, and not yet a power cut. Blocks no longer than memory does. */
    void append(byte[] batch, int length) throws IOException;

    /** Appends one batch that is to be synced for itself. */
    default void appendToSync(byte[] batch, int length) throws IOException {
        append(batch, length);
    }

    /**
     * Makes all batches durable that were appended before it was called, and the files that hold them findable; when it
     * throws, nothing may be relied upon.
     */
    void sync() throws IOException;
}

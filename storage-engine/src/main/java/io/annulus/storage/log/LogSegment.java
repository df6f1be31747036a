package io.annulus.storage.log;

import java.io.Closeable;
import java.io.IOException;

/** A segment that is being written; one thread. */
public interface LogSegment extends Closeable {

    /** Appends one batch. */
    void append(byte[] batch, int length) throws IOException;

    /** Makes all batches durable, and the files that hold them findable; when it throws, nothing may be relied upon. */
    void sync() throws IOException;
}

package io.annulus.storage.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A new file that is written from start to end; one thread. Closing it does not sync it. */
public interface OutputFile extends Closeable {

    /** Appends all that remains in the buffer; after a {@link ScarceException} what still remains was not. */
    void write(ByteBuffer bytes) throws IOException;

    /** Makes all that was written durable. */
    void sync() throws IOException;
}

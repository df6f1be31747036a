package io.annulus.storage.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** A file open for reading at any place; any number of threads at a time. */
public interface InputFile extends Closeable {

    /** Its name, for messages. */
    String name();

    /** Bytes in it. */
    long size() throws IOException;

    /** Fills the buffer from a place of the file. Fails with {@link java.io.EOFException} when the file ends before. */
    void read(long position, ByteBuffer target) throws IOException;
}

package io.annulus.storage.value;

import io.annulus.api.storage.Compression;
import io.annulus.storage.file.Directory;
import io.annulus.storage.file.OutputFile;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.ValuePointer;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Writes one value file; one thread. What a record leaves there for which there was no room, nothing points to; the next one is put
 * behind it. After any other exception it is of no more use.
 */
final class ValueFileWriter implements Closeable {

    private static final int FIRST_CAPACITY = 128 << 10;

    private final long number;
    private final OutputFile file;
    private final Packing packing;
    private ByteBuffer frame = ByteBuffer.allocateDirect(FIRST_CAPACITY);
    private long offset;

    /** Begins a new file, or leaves none; its directory is the caller's to sync. */
    ValueFileWriter(Directory directory, long number, Packing packing) throws IOException {
        this.number = number;
        this.packing = packing;
        this.file = directory.create(ValueFile.fileName(number));
        try {
            write(ValueFormat.header(number));
        } catch (IOException e) {
            abandon(directory, e);
            throw e;
        }
    }

    /** Appends a record; it is durable only after {@link #sync}. */
    ValuePointer add(Compression compression, EntryKey place, byte[] record) throws IOException {
        ByteBuffer packed = packing.pack(compression, record, record.length);
        int length = ValueFormat.frameBytes(place, packed.remaining());
        if (frame.capacity() < length) {
            frame = ByteBuffer.allocateDirect(length);
        }
        frame.clear();
        ValuePointer pointer = ValueFormat.write(number, offset, place, packed, frame);
        write(frame.flip());
        return pointer;
    }

    /** Bytes written. */
    long sizeBytes() {
        return offset;
    }

    /** Makes all records durable, not yet the name of the file. */
    void sync() throws IOException {
        file.sync();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void write(ByteBuffer bytes) throws IOException {
        int length = bytes.remaining();
        try {
            file.write(bytes);
        } finally {
            offset += length - bytes.remaining();
        }
    }

    private void abandon(Directory directory, IOException cause) {
        try {
            file.close();
            directory.delete(ValueFile.fileName(number));
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }
}

package io.annulus.storage.merge;

import java.nio.ByteBuffer;

/**
 * Where a large record lies: a frame of a value file.
 *
 * @param file number of the file
 * @param offset where its frame begins
 * @param length bytes of the frame
 * @param crc CRC32C of the frame, as in its first four bytes
 */
public record ValuePointer(long file, long offset, int length, int crc) {

    /** Bytes of a pointer on disk. */
    public static final int BYTES = 24;

    /** Appends the pointer to a buffer. */
    public void write(ByteBuffer target) {
        target.putLong(file).putLong(offset).putInt(length).putInt(crc);
    }

    /** The pointer as bytes. */
    public byte[] toBytes() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        write(bytes);
        return bytes.array();
    }

    /** Reads a pointer from a buffer. */
    public static ValuePointer read(ByteBuffer from) {
        return new ValuePointer(from.getLong(), from.getLong(), from.getInt(), from.getInt());
    }
}

package io.annulus.storage.sstable;

import java.nio.ByteBuffer;

/**
 * Ends a file and says where its parts lie.
 *
 * @param index where the index lies
 * @param filter where the filter lies
 * @param metadata where the metadata lies
 */
record Footer(Part index, Part filter, Part metadata) {

    static final int BYTES = 60;
    static final int VERSION = 4;

    private static final int MAGIC = 0x414e5331;

    /** A part of a file and its checksum. */
    record Part(long offset, int length, int crc) {

        private void write(ByteBuffer target) {
            target.putLong(offset).putInt(length).putInt(crc);
        }

        private void requireWithin(long end) {
            if (offset < 0 || length < 0 || offset > end - length) {
                throw new IllegalArgumentException(
                        "a part of " + length + " bytes at offset " + offset + " is not before " + end);
            }
        }

        private static Part read(ByteBuffer from) {
            return new Part(from.getLong(), from.getInt(), from.getInt());
        }
    }

    ByteBuffer write(long file, long offset) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.putInt(MAGIC).putInt(VERSION);
        index.write(bytes);
        filter.write(bytes);
        metadata.write(bytes);
        return bytes.putInt(Checksum.of(file, offset, bytes.slice(0, BYTES - 4)))
                .flip();
    }

    /**
     * Reads a footer.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static Footer read(ByteBuffer bytes, long file, long offset) {
        if (Checksum.of(file, offset, bytes.slice(0, BYTES - 4)) != bytes.getInt(BYTES - 4)) {
            throw new IllegalArgumentException("the footer does not match its checksum");
        }
        int magic = bytes.getInt();
        int version = bytes.getInt();
        if (magic != MAGIC || version != VERSION) {
            throw new IllegalArgumentException("format version " + version + " is not the one known here, " + VERSION);
        }
        Footer footer = new Footer(Part.read(bytes), Part.read(bytes), Part.read(bytes));
        footer.index.requireWithin(offset);
        footer.filter.requireWithin(offset);
        footer.metadata.requireWithin(offset);
        return footer;
    }
}

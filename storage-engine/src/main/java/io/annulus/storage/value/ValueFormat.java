package io.annulus.storage.value;

import io.annulus.api.ring.Token;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.ValuePointer;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Bytes of value files; the format is in the description of this package. */
final class ValueFormat {

    static final int HEADER_BYTES = 20;

    /** Bytes of a frame before the key. */
    static final int FRAME_BYTES = 28;

    private static final int MAGIC = 0x414e5631;
    private static final int VERSION = 1;
    private static final int CHECKED_AT = 4;
    private static final int CRC_AT = 16;

    private ValueFormat() {}

    static ByteBuffer header(long file) {
        ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES);
        bytes.putInt(MAGIC).putInt(VERSION).putLong(file);
        return bytes.putInt(crc(file, 0, bytes.slice(0, CRC_AT))).flip();
    }

    /**
     * Checks the header of a file.
     *
     * @throws IllegalArgumentException saying what is wrong with it
     */
    static void checkHeader(long file, ByteBuffer bytes) {
        int magic = bytes.getInt(0);
        int version = bytes.getInt(4);
        if (crc(file, 0, bytes.slice(0, CRC_AT)) != bytes.getInt(CRC_AT)) {
            throw new IllegalArgumentException("its header does not match its checksum");
        }
        if (magic != MAGIC || version != VERSION || bytes.getLong(8) != file) {
            throw new IllegalArgumentException("it has format version " + version + " and number " + bytes.getLong(8)
                    + "; version " + VERSION + " and number " + file + " are known here");
        }
    }

    static int frameBytes(EntryKey place, int packedBytes) {
        return FRAME_BYTES + place.key().length + packedBytes;
    }

    /** Writes a frame into an empty buffer, which has room; returns where it lies. */
    static ValuePointer write(long file, long offset, EntryKey place, ByteBuffer packed, ByteBuffer target) {
        Token token = place.token();
        int length = frameBytes(place, packed.remaining());
        target.putInt(0).putInt(length).putLong(token.high()).putLong(token.low());
        target.putInt(place.key().length).put(place.key()).put(packed);
        int crc = crc(file, offset, target.slice(CHECKED_AT, length - CHECKED_AT));
        target.putInt(0, crc);
        return new ValuePointer(file, offset, length, crc);
    }

    /**
     * The packed record of a frame that starts at the buffer's first byte and fills it.
     *
     * @throws IllegalArgumentException when it is not the frame of the pointer and the place
     */
    static ByteBuffer packed(ValuePointer pointer, EntryKey place, ByteBuffer frame) {
        int crc = crc(pointer.file(), pointer.offset(), frame.slice(CHECKED_AT, frame.limit() - CHECKED_AT));
        if (frame.getInt(0) != crc || pointer.crc() != crc || frame.getInt(4) != pointer.length()) {
            throw new IllegalArgumentException("the bytes do not match their checksum");
        }
        byte[] key = new byte[frame.getInt(24)];
        frame.get(FRAME_BYTES, key);
        EntryKey found = new EntryKey(new Token(frame.getLong(8), frame.getLong(16)), key);
        if (!found.equals(place)) {
            throw new IllegalArgumentException("it is the value of another key, of token " + found.token());
        }
        int at = FRAME_BYTES + key.length;
        return frame.slice(at, frame.limit() - at);
    }

    private static int crc(long file, long offset, ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(16).putLong(file).putLong(offset).flip());
        crc.update(bytes);
        return (int) crc.getValue();
    }
}

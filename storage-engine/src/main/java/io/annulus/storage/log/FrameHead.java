package io.annulus.storage.log;

import io.annulus.storage.file.Varint;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * What stands before the token, the key and the record of a frame, whether the frame is intact or not.
 *
 * @param kindByte number of the kind, and whether the token follows
 * @param sequence its number
 * @param place its place in its segment, from 0
 * @param unsynced how many frames, up to this one, were not known to be synced when it was written
 * @param table number of the table
 * @param keyBytes length of the key
 * @param recordBytes length of the record
 * @param bytes length of the head itself
 */
record FrameHead(
        int kindByte, long sequence, int place, int unsynced, int table, int keyBytes, int recordBytes, int bytes) {

    /** Most bytes of a head: of a number of 63 bits and five of 31, behind magic, checksum and kind. */
    static final int MAX_BYTES = 2 * Integer.BYTES + 1 + 9 + 5 * 5;

    /** Added to the number of the kind when the token follows. */
    static final int WITH_TOKEN = 0x80;

    static final int TOKEN_BYTES = 2 * Long.BYTES;

    /** What the bytes say that follow a magic; empty when it is more than numbers, or the head does not end within them. */
    static Optional<FrameHead> read(ByteBuffer frame) {
        if (frame.remaining() <= FrameFormat.KIND_AT) {
            return Optional.empty();
        }
        ByteBuffer from = frame.duplicate();
        from.position(frame.position() + FrameFormat.KIND_AT);
        int kindByte = from.get() & 0xff;
        long sequence = Varint.get(from);
        long place = Varint.get(from);
        long unsynced = Varint.get(from);
        long table = Varint.get(from);
        long keyBytes = Varint.get(from);
        long recordBytes = Varint.get(from);
        boolean fits = sequence >= 0
                && isInt(place)
                && isInt(unsynced)
                && isInt(table)
                && isInt(keyBytes)
                && isInt(recordBytes);
        if (!fits) {
            return Optional.empty();
        }
        return Optional.of(new FrameHead(
                kindByte,
                sequence,
                (int) place,
                (int) unsynced,
                (int) table,
                (int) keyBytes,
                (int) recordBytes,
                from.position() - frame.position()));
    }

    boolean hasToken() {
        return (kindByte & WITH_TOKEN) != 0;
    }

    /** Length of the whole frame. */
    long length() {
        return (long) bytes + (hasToken() ? TOKEN_BYTES : 0) + keyBytes + recordBytes;
    }

    private static boolean isInt(long value) {
        return value >= 0 && value <= Integer.MAX_VALUE;
    }
}

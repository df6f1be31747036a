package io.annulus.storage.log;

import io.annulus.api.ring.Token;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.storage.merge.EntryKey;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Writes and reads frames of one segment; the format is in the description of this package. One thread at a time. */
final class FrameFormat {

    static final int MAGIC = 0x414e4c32;

    /** Of version 1, which was never released. */
    static final int FORMER_MAGIC = 0x414e4c31;

    static final int SEQUENCE_AT = 12;
    static final int PLACE_AT = 20;
    static final int UNSYNCED_AT = 24;
    static final int HEADER_BYTES = 53;

    private static final int LENGTH_AT = 4;
    private static final int CRC_AT = 8;
    private static final int KIND_AT = 28;
    private static final int TABLE_AT = 29;
    private static final int HIGH_AT = 33;
    private static final int LOW_AT = 41;
    private static final int KEY_LENGTH_AT = 49;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final long segment;
    private final byte[] prefix;
    private final CRC32C crc = new CRC32C();

    /**
     * The format of a segment.
     *
     * @param logId of the data directory: frames of another one do not pass
     * @param segment number of the segment: frames of another one do not pass
     */
    FrameFormat(long logId, long segment) {
        this.segment = segment;
        this.prefix = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(logId)
                .putLong(segment)
                .array();
    }

    static int size(EntryKey key, byte[] record) {
        return HEADER_BYTES + key.key().length + record.length;
    }

    /** Writes a frame to a place of the array, which has room; returns where it ends. */
    int write(Frame frame, byte[] target, int at) {
        byte[] key = frame.key().key();
        byte[] record = frame.record();
        int length = HEADER_BYTES + key.length + record.length;
        Token token = frame.key().token();
        INT.set(target, at, MAGIC);
        INT.set(target, at + LENGTH_AT, length);
        LONG.set(target, at + SEQUENCE_AT, frame.sequence());
        INT.set(target, at + PLACE_AT, frame.place());
        INT.set(target, at + UNSYNCED_AT, frame.unsynced());
        target[at + KIND_AT] = (byte) frame.kind().code();
        INT.set(target, at + TABLE_AT, frame.table());
        LONG.set(target, at + HIGH_AT, token.high());
        LONG.set(target, at + LOW_AT, token.low());
        INT.set(target, at + KEY_LENGTH_AT, key.length);
        System.arraycopy(key, 0, target, at + HEADER_BYTES, key.length);
        System.arraycopy(record, 0, target, at + HEADER_BYTES + key.length, record.length);
        INT.set(target, at + CRC_AT, crc(target, at, length));
        return at + length;
    }

    /** The frame at the start of bytes that an array backs; empty when it is damaged or does not end within them. */
    Optional<Frame> read(ByteBuffer bytes) {
        if (bytes.remaining() < HEADER_BYTES) {
            return Optional.empty();
        }
        byte[] from = bytes.array();
        int at = bytes.arrayOffset() + bytes.position();
        int length = (int) INT.get(from, at + LENGTH_AT);
        boolean whole = (int) INT.get(from, at) == MAGIC && length >= HEADER_BYTES && length <= bytes.remaining();
        if (!whole || crc(from, at, length) != (int) INT.get(from, at + CRC_AT)) {
            return Optional.empty();
        }
        try {
            return Optional.of(decode(from, at, length));
        } catch (IllegalArgumentException e) {
            throw new CorruptDataException(
                    "a frame of commit log segment " + segment + " passes its checksum and is none: " + e.getMessage(),
                    e);
        }
    }

    private static Frame decode(byte[] from, int at, int length) {
        Token token = new Token((long) LONG.get(from, at + HIGH_AT), (long) LONG.get(from, at + LOW_AT));
        int keyAt = at + HEADER_BYTES;
        int keyLength = (int) INT.get(from, at + KEY_LENGTH_AT);
        if (keyLength < 0 || keyLength > length - HEADER_BYTES) {
            throw new IllegalArgumentException("a key of " + keyLength + " bytes in " + (length - HEADER_BYTES));
        }
        int recordAt = keyAt + keyLength;
        return new Frame(
                (long) LONG.get(from, at + SEQUENCE_AT),
                (int) INT.get(from, at + PLACE_AT),
                (int) INT.get(from, at + UNSYNCED_AT),
                FrameKind.of(from[at + KIND_AT]),
                (int) INT.get(from, at + TABLE_AT),
                new EntryKey(token, Arrays.copyOfRange(from, keyAt, recordAt)),
                Arrays.copyOfRange(from, recordAt, at + length));
    }

    private int crc(byte[] bytes, int at, int length) {
        crc.reset();
        crc.update(prefix, 0, prefix.length);
        crc.update(bytes, at, CRC_AT);
        crc.update(bytes, at + SEQUENCE_AT, length - SEQUENCE_AT);
        return (int) crc.getValue();
    }
}

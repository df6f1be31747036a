package io.annulus.storage.log;

import io.annulus.api.ring.Token;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.storage.file.Varint;
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

    static final int VERSION = 3;

    /** "ANL" and the digit of the version. */
    static final int MAGIC = magic(VERSION);

    static final int CRC_AT = 4;
    static final int KIND_AT = 8;

    /** Most bytes of a frame beside key and record. */
    static final int MAX_HEADER_BYTES = FrameHead.MAX_BYTES + FrameHead.TOKEN_BYTES;

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

    /** What frames of a version of the format begin with, 1 to 9. */
    static int magic(int version) {
        return 0x414e4c30 + version;
    }

    /** The most bytes that a frame takes. */
    static int maxBytes(EntryKey key, byte[] record) {
        return MAX_HEADER_BYTES + key.key().length + record.length;
    }

    /**
     * Writes the first part of a frame, which {@link #writeBody} completes, to a place of the array, which has room for the
     * whole; returns where it ends.
     */
    int writeHead(FrameKind kind, long sequence, int place, int unsynced, int table, byte[] target, int at) {
        INT.set(target, at, MAGIC);
        target[at + KIND_AT] = (byte) kind.code();
        int next = Varint.put(target, at + KIND_AT + 1, sequence);
        next = Varint.put(target, next, place);
        next = Varint.put(target, next, unsynced);
        return Varint.put(target, next, table);
    }

    /**
     * Writes the rest of a frame; returns where it ends.
     *
     * @param at where the frame begins
     * @param bodyAt where its head ends
     */
    int writeBody(EntryKey place, byte[] record, byte[] target, int at, int bodyAt) {
        Token token = place.token();
        byte[] key = place.key();
        int next = Varint.put(target, bodyAt, key.length);
        next = Varint.put(target, next, record.length);
        if (!token.equals(Token.of(key))) {
            target[at + KIND_AT] |= (byte) FrameHead.WITH_TOKEN;
            LONG.set(target, next, token.high());
            LONG.set(target, next + Long.BYTES, token.low());
            next += FrameHead.TOKEN_BYTES;
        }
        System.arraycopy(key, 0, target, next, key.length);
        System.arraycopy(record, 0, target, next + key.length, record.length);
        int end = next + key.length + record.length;
        INT.set(target, at + CRC_AT, crc(target, at, end - at));
        return end;
    }

    /** The frame of a head at the start of bytes that an array backs; empty when it is damaged or does not end within them. */
    Optional<Frame> read(FrameHead head, ByteBuffer bytes) {
        if (head.length() > bytes.remaining()) {
            return Optional.empty();
        }
        byte[] from = bytes.array();
        int at = bytes.arrayOffset() + bytes.position();
        int length = (int) head.length();
        if ((int) INT.get(from, at) != MAGIC || crc(from, at, length) != (int) INT.get(from, at + CRC_AT)) {
            return Optional.empty();
        }
        try {
            return Optional.of(decode(head, from, at));
        } catch (IllegalArgumentException e) {
            throw new CorruptDataException(
                    "a frame of commit log segment " + segment + " passes its checksum and is none: " + e.getMessage(),
                    e);
        }
    }

    private static Frame decode(FrameHead head, byte[] from, int at) {
        int tokenAt = at + head.bytes();
        int keyAt = tokenAt + (head.hasToken() ? FrameHead.TOKEN_BYTES : 0);
        int recordAt = keyAt + head.keyBytes();
        byte[] key = Arrays.copyOfRange(from, keyAt, recordAt);
        Token token = head.hasToken()
                ? new Token((long) LONG.get(from, tokenAt), (long) LONG.get(from, tokenAt + Long.BYTES))
                : Token.of(key);
        return new Frame(
                head.sequence(),
                head.place(),
                head.unsynced(),
                FrameKind.of(head.kindByte() & ~FrameHead.WITH_TOKEN),
                head.table(),
                new EntryKey(token, key),
                Arrays.copyOfRange(from, recordAt, recordAt + head.recordBytes()));
    }

    private int crc(byte[] bytes, int at, int length) {
        crc.reset();
        crc.update(prefix, 0, prefix.length);
        crc.update(bytes, at + KIND_AT, length - KIND_AT);
        return (int) crc.getValue();
    }
}

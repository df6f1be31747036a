package io.annulus.storage.log;

import io.annulus.api.ring.Token;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.storage.merge.EntryKey;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Writes and reads frames of one segment; the format is in the description of this package.
 *
 * @param logId of the data directory: frames of another one do not pass
 * @param segment number of the segment: frames of another one do not pass
 */
record FrameFormat(long logId, long segment) {

    static final int MAGIC = 0x414e4c31;
    static final int SEQUENCE_AT = 12;
    static final int INDEX_AT = 20;
    static final int BATCH_AT = 24;
    static final int HEADER_BYTES = 53;

    private static final int CRC_AT = 8;

    static int size(Frame frame) {
        return HEADER_BYTES + frame.place().key().length + frame.record().length;
    }

    /** Appends a frame to the buffer, which has room. */
    void write(Frame frame, ByteBuffer target) {
        int start = target.position();
        int length = size(frame);
        Token token = frame.place().token();
        target.putInt(MAGIC).putInt(length).putInt(0);
        target.putLong(frame.sequence()).putInt(frame.index()).putInt(frame.batch());
        target.put((byte) frame.kind().code()).putInt(frame.table());
        target.putLong(token.high()).putLong(token.low());
        target.putInt(frame.place().key().length).put(frame.place().key());
        target.put(frame.record());
        target.putInt(start + CRC_AT, crc(target.slice(start, length)));
    }

    /** The frame at the start of the bytes; empty when it is damaged or does not end within them. */
    Optional<Frame> read(ByteBuffer bytes) {
        if (bytes.remaining() < HEADER_BYTES || bytes.getInt(0) != MAGIC) {
            return Optional.empty();
        }
        int length = bytes.getInt(4);
        if (length < HEADER_BYTES || length > bytes.remaining()) {
            return Optional.empty();
        }
        ByteBuffer frame = bytes.slice(0, length);
        if (crc(frame) != frame.getInt(CRC_AT)) {
            return Optional.empty();
        }
        try {
            return Optional.of(decode(frame.position(SEQUENCE_AT)));
        } catch (IllegalArgumentException e) {
            throw new CorruptDataException(
                    "a frame of commit log segment " + segment + " passes its checksum and is none: " + e.getMessage(),
                    e);
        }
    }

    private static Frame decode(ByteBuffer from) {
        long sequence = from.getLong();
        int index = from.getInt();
        int batch = from.getInt();
        FrameKind kind = FrameKind.of(from.get());
        int table = from.getInt();
        Token token = new Token(from.getLong(), from.getLong());
        int keyLength = from.getInt();
        if (keyLength < 0 || keyLength > from.remaining()) {
            throw new IllegalArgumentException("a key of " + keyLength + " bytes in " + from.remaining());
        }
        byte[] key = new byte[keyLength];
        from.get(key);
        byte[] record = new byte[from.remaining()];
        from.get(record);
        return new Frame(sequence, index, batch, kind, table, new EntryKey(token, key), record);
    }

    private int crc(ByteBuffer frame) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(16).putLong(logId).putLong(segment).flip());
        crc.update(frame.slice(0, CRC_AT));
        crc.update(frame.slice(SEQUENCE_AT, frame.capacity() - SEQUENCE_AT));
        return (int) crc.getValue();
    }
}

package io.annulus.benchmarks.storage;

import io.annulus.api.version.CorruptRecordException;
import io.annulus.api.version.RecordJoin;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Records of which the one with the greater stamp stays, as in a last-write-wins keyspace: CRC32C of the rest (4 bytes), stamp
 * (8), value. An odd stamp says that the key was deleted. Pure; any thread.
 */
final class StampedValues implements RecordJoin {

    private static final int STAMP_AT = 4;
    private static final int VALUE_AT = 12;

    static byte[] put(long number, byte[] value) {
        return record(2 * number, value);
    }

    static byte[] deletion(long number) {
        return record(2 * number + 1, new byte[0]);
    }

    /** The value of a record in a part of an array; empty when it is a deletion. */
    static Optional<byte[]> value(byte[] bytes, int from, int length) {
        return (stamp(bytes, from) & 1) == 0
                ? Optional.of(Arrays.copyOfRange(bytes, from + VALUE_AT, from + length))
                : Optional.empty();
    }

    @Override
    public byte[] join(byte[] left, byte[] right) {
        return stamp(left, 0) >= stamp(right, 0) ? left : right;
    }

    @Override
    public void verify(byte[] record) {
        verify(record, 0, record.length);
    }

    @Override
    public void verify(byte[] bytes, int from, int length) {
        if (length < VALUE_AT) {
            throw new CorruptRecordException("a record of " + length + " bytes");
        }
        int expected = ByteBuffer.wrap(bytes).getInt(from);
        int actual = checksum(bytes, from, length);
        if (expected != actual) {
            throw new CorruptRecordException("checksum " + actual + " of a record instead of " + expected);
        }
    }

    @Override
    public long rank(byte[] record) {
        return record.length < VALUE_AT ? NO_RANK : stamp(record, 0);
    }

    private static byte[] record(long stamp, byte[] value) {
        byte[] record = new byte[VALUE_AT + value.length];
        ByteBuffer bytes = ByteBuffer.wrap(record);
        bytes.putLong(STAMP_AT, stamp).put(VALUE_AT, value);
        bytes.putInt(0, checksum(record, 0, record.length));
        return record;
    }

    private static long stamp(byte[] bytes, int from) {
        return ByteBuffer.wrap(bytes).getLong(from + STAMP_AT);
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, from + STAMP_AT, length - STAMP_AT);
        return (int) crc.getValue();
    }
}

package io.annulus.storage.proof;

import io.annulus.api.version.CorruptRecordException;
import io.annulus.api.version.RecordJoin;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * Records of up to eight slots, each with a number; the join keeps the greater number of each slot. A record is 4 CRC32C of the
 * rest, 1 which slots there are, a bit each from the lowest on, then 8 for the number of each.
 */
final class SlotRecords implements RecordJoin {

    /** Number of slots. */
    static final int SLOTS = 8;

    private static final int HEAD = 5;

    /** A record of one slot. */
    static byte[] of(int slot, long number) {
        return sealed(ByteBuffer.allocate(HEAD + Long.BYTES)
                .put(4, (byte) (1 << slot))
                .putLong(HEAD, number));
    }

    @Override
    public byte[] join(byte[] left, byte[] right) {
        int slots = left[4] | right[4];
        ByteBuffer joined = ByteBuffer.allocate(HEAD + Long.BYTES * Integer.bitCount(slots & 0xff));
        joined.put(4, (byte) slots).position(HEAD);
        ByteBuffer first = ByteBuffer.wrap(left).position(HEAD);
        ByteBuffer second = ByteBuffer.wrap(right).position(HEAD);
        for (int slot = 0; slot < SLOTS; slot++) {
            if ((slots >> slot & 1) == 1) {
                joined.putLong(Math.max(next(first, slot), next(second, slot)));
            }
        }
        return sealed(joined);
    }

    @Override
    public void verify(byte[] record) {
        if (record.length < HEAD || ByteBuffer.wrap(record).getInt(0) != crc(record)) {
            throw new CorruptRecordException("slots of " + record.length + " bytes do not match their checksum");
        }
    }

    private static long next(ByteBuffer record, int slot) {
        return (record.get(4) >> slot & 1) == 1 ? record.getLong() : 0;
    }

    private static byte[] sealed(ByteBuffer record) {
        return record.putInt(0, crc(record.array())).array();
    }

    private static int crc(byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(record, 4, record.length - 4);
        return (int) crc.getValue();
    }
}

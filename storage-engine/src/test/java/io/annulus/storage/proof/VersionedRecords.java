package io.annulus.storage.proof;

import io.annulus.api.version.CorruptRecordException;
import io.annulus.api.version.RecordJoin;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.zip.CRC32C;

/**
 * Records of a version and bytes that follow from it, half of them compressible; the join keeps the greater version. A record
 * is 4 CRC32C of the rest, 8 version, the bytes.
 */
public final class VersionedRecords implements RecordJoin {

    /** Fewest bytes of a record. */
    public static final int LEAST_BYTES = 12;

    /** The one record of a version and a size. */
    public static byte[] of(long version, int bytes) {
        byte[] record = new byte[bytes];
        int half = LEAST_BYTES + (bytes - LEAST_BYTES) / 2;
        byte[] noise = new byte[half - LEAST_BYTES];
        new SplittableRandom(version).nextBytes(noise);
        System.arraycopy(noise, 0, record, LEAST_BYTES, noise.length);
        Arrays.fill(record, half, bytes, (byte) version);
        ByteBuffer.wrap(record).putLong(4, version);
        return ByteBuffer.wrap(record).putInt(0, crc(record)).array();
    }

    /** The version of a record. */
    static long version(byte[] record) {
        return ByteBuffer.wrap(record).getLong(4);
    }

    @Override
    public byte[] join(byte[] left, byte[] right) {
        return version(left) >= version(right) ? left : right;
    }

    @Override
    public void verify(byte[] record) {
        if (record.length < LEAST_BYTES || ByteBuffer.wrap(record).getInt(0) != crc(record)) {
            throw new CorruptRecordException("a record of " + record.length + " bytes does not match its checksum");
        }
    }

    @Override
    public long rank(byte[] record) {
        return record.length < LEAST_BYTES ? NO_RANK : version(record);
    }

    private static int crc(byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(record, 4, record.length - 4);
        return (int) crc.getValue();
    }
}

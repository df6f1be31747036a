package io.annulus.storage.testkit;

import io.annulus.api.version.CorruptRecordException;
import io.annulus.api.version.RecordJoin;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/** Records that are sets of numbers with a checksum; the join is the union, so that nothing lost goes unnoticed. */
public final class SetRecords implements RecordJoin {

    /** Writes a set. */
    public static byte[] of(Collection<Long> numbers) {
        ByteBuffer bytes = ByteBuffer.allocate(4 + 8 * numbers.size());
        bytes.position(4);
        new TreeSet<>(numbers).forEach(bytes::putLong);
        return bytes.putInt(0, crc(bytes.array())).array();
    }

    /** Writes a set. */
    public static byte[] of(long... numbers) {
        Set<Long> set = new TreeSet<>();
        for (long number : numbers) {
            set.add(number);
        }
        return of(set);
    }

    /** Reads a set. */
    public static Set<Long> numbers(byte[] record) {
        new SetRecords().verify(record);
        Set<Long> numbers = new TreeSet<>();
        ByteBuffer bytes = ByteBuffer.wrap(record).position(4);
        while (bytes.hasRemaining()) {
            numbers.add(bytes.getLong());
        }
        return numbers;
    }

    @Override
    public byte[] join(byte[] left, byte[] right) {
        Set<Long> union = numbers(left);
        union.addAll(numbers(right));
        return of(union);
    }

    @Override
    public void verify(byte[] record) {
        if (record.length % 8 != 4 || ByteBuffer.wrap(record).getInt(0) != crc(record)) {
            throw new CorruptRecordException("a set of " + record.length + " bytes does not match its checksum");
        }
    }

    private static int crc(byte[] record) {
        CRC32C crc = new CRC32C();
        crc.update(record, 4, record.length - 4);
        return (int) crc.getValue();
    }
}

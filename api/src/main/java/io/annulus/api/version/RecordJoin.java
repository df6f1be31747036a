package io.annulus.api.version;

import java.util.Arrays;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The join of two records of one key: commutative, associative, idempotent, and deterministic to the byte. Pure; any
 * thread.
 */
@ConsumerType
public interface RecordJoin {

    /**
     * Joins two records.
     *
     * @return one of the two arrays when it holds all of the other, else a new record
     * @throws CorruptRecordException when one of them is damaged
     */
    byte[] join(byte[] left, byte[] right);

    /**
     * Checks the checksum and format of a record.
     *
     * @throws CorruptRecordException when it is damaged
     */
    void verify(byte[] record);

    /**
     * Checks the checksum and format of a record in a part of an array.
     *
     * @throws CorruptRecordException when it is damaged
     */
    default void verify(byte[] bytes, int from, int length) {
        verify(from == 0 && length == bytes.length ? bytes : Arrays.copyOfRange(bytes, from, from + length));
    }
}

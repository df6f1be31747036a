package io.annulus.api.version;

import java.util.Arrays;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The join of two records of one key: commutative, associative, idempotent, and deterministic to the byte. Pure; any
 * thread.
 */
@ConsumerType
public interface RecordJoin {

    /** The rank of what has none, and less than any other. */
    long NO_RANK = Long.MIN_VALUE;

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

    /**
     * A number that tells the join of two records without a look at both: it is the one of the greater rank, if both have one.
     * Equal ranks tell nothing. A store need not look for older records of a key once it knows that all of these are of lower
     * rank. Fast; whatever the bytes are, it does not fail.
     *
     * @return {@link #NO_RANK} when there is no such number, as of a record that is damaged
     */
    default long rank(byte[] record) {
        return NO_RANK;
    }
}

package io.annulus.api.version;

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
}

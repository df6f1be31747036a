package io.annulus.api.version;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes and opens records. Pure functions; any thread. Records that come in are checked, and a damaged one is a
 * {@link CorruptRecordException}.
 */
@ProviderType
public interface Versioning extends RecordJoin {

    /**
     * The record after a causal put or delete, for an owner that knows all that its own origin ever wrote to the key: the
     * values that {@code context} covers are dropped and the new one is added.
     *
     * @param local the owner's latest record of the key, empty when it has none
     * @param context what the client had seen, as an answer gave it; empty array for a blind put
     * @param value the new value, empty for a delete (which leaves what the context does not cover)
     * @throws IllegalArgumentException when the context is malformed
     */
    byte[] update(Optional<byte[]> local, byte[] context, Stamp stamp, Optional<byte[]> value);

    /**
     * The delta of a causal put or delete for a coordinator that does not know the owner's record: holds the new version
     * and the client's context alone, and joins with whatever the replicas hold.
     *
     * @throws IllegalArgumentException when the context is malformed
     */
    byte[] delta(byte[] context, Stamp stamp, Optional<byte[]> value);

    /** A last-write-wins record: a value, or a tombstone when it is empty. */
    byte[] register(Stamp stamp, Optional<byte[]> value);

    /** Opens a record. */
    RecordView view(byte[] record);

    /**
     * A record whose values that have expired are gone as if they had been overwritten: it keeps what it has seen of them, so
     * that no older copy brings them back. It is the same array when none has expired, and else the same bytes whichever moment
     * after the expiry it is made at.
     *
     * @param nowMillis the wall clock; a value whose expiry is not 0 and not above it has expired
     */
    byte[] withoutExpired(byte[] record, long nowMillis);

    /** A 64-bit digest: equal records have equal digests, different ones almost never. */
    long digest(byte[] record);

    /**
     * The join of two contexts.
     *
     * @throws IllegalArgumentException when one is malformed
     */
    byte[] joinContexts(byte[] left, byte[] right);

    /**
     * Checks a context that a client handed in.
     *
     * @throws IllegalArgumentException naming what is wrong with it
     */
    void verifyContext(byte[] context);
}

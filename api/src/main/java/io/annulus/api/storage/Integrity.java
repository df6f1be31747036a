package io.annulus.api.storage;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.Completion;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What a store knows of damage to its own bytes, and how it is made good. A damaged block quarantines its range of tokens:
 * reads there fail with {@link CorruptDataException} unless newer data or a filter answers without the block, and nothing is
 * merged or copied from it. Used on the event loop, unless said otherwise.
 */
@ProviderType
public interface Integrity {

    /** The ranges that are quarantined, by table and token; any thread. */
    List<QuarantinedRange> quarantined();

    /** Tells of all ranges that are quarantined now, and of each that is from now on, until it is cancelled. */
    Cancellable listen(DamageListener listener);

    /**
     * Reads, as {@link Table#scan} does, what is left of a range when its damaged blocks are passed over. What it gives may
     * be missing, out of date, or deleted since: it may be joined with what other replicas hold, and never stands for itself.
     *
     * @throws IllegalArgumentException when the table is not open
     */
    void remains(
            String table,
            Token from,
            Token to,
            Optional<byte[]> afterKey,
            int limit,
            Completion<List<Entry>> completion);

    /**
     * Makes a range good: the records are appended, and once they are durable, what is damaged and all that is older than it
     * counts no more in the range, and its quarantine is lifted. What is newer than the damage stays. So the records must be
     * all that the range is to hold: those of the other replicas, and of {@link #remains} what these do not know to be
     * deleted. Where the records are not synced when they are acknowledged, the quarantine comes back with the next start.
     *
     * @param records of tokens within the range
     * @param completion takes how many quarantined ranges were lifted in part or in whole; fails as an append does, and then
     *     the quarantine stays
     * @throws IllegalArgumentException when the table is not open, or a record is not of the range
     */
    void heal(String table, Token from, Token to, List<Entry> records, Completion<Integer> completion);

    /**
     * Reads everything that is on the disk and checks it, at most at a pace; what is found damaged is quarantined. One that
     * was cancelled, or ended with the store, is gone on with where it was. Asked for while one runs, it gives that one.
     *
     * @param bytesPerSecond greatest pace, 1 or more
     */
    Job verify(long bytesPerSecond);
}

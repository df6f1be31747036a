package io.annulus.storage.log;

import io.annulus.storage.merge.EntryKey;

/**
 * One frame of the log.
 *
 * @param sequence its number
 * @param place its place in its segment, from 0
 * @param unsynced how many frames, up to this one, were not known to be synced when it was written; at least 1
 * @param kind what it says
 * @param table number of the table
 * @param key token and key, or the name of a table
 * @param record the record, empty when the kind has none
 */
public record Frame(long sequence, int place, int unsynced, FrameKind kind, int table, EntryKey key, byte[] record) {

    /** Sequence of the first frame of its segment. */
    long firstOfSegment() {
        return sequence - place;
    }

    /** All frames up to this sequence had been synced when this one was written. */
    long provenSynced() {
        return sequence - unsynced;
    }
}

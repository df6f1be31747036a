package io.annulus.storage.log;

import io.annulus.storage.merge.EntryKey;

/**
 * One frame of the log.
 *
 * @param sequence its number
 * @param index its place in its batch
 * @param batch number of the batch in the segment
 * @param kind what it says
 * @param table number of the table
 * @param place token and key, or the name of a table
 * @param record the record, empty when the kind has none
 */
public record Frame(long sequence, int index, int batch, FrameKind kind, int table, EntryKey place, byte[] record) {

    /** Sequence of the first frame of its batch. */
    long batchStart() {
        return sequence - index;
    }
}

package io.annulus.api.storage;

import java.util.Objects;

/**
 * Figures of one table; counts are since the store was opened, and 0 for a table that was not opened.
 *
 * @param name of the table
 * @param sstables number of its sorted tables
 * @param entries in its sorted tables, superseded ones included
 * @param liveBytes of its sorted tables
 * @param bottomBytes of those below which there are no older ones: about what is left when nothing is superseded
 * @param memtableBytes of its memtables
 * @param indexBytes of the indexes and filters of its sorted tables, which stay in memory
 * @param userBytes of keys and records that were written to it
 * @param flushedBytes of sorted tables that were written from memtables
 * @param compactedBytes of sorted tables that were written by compaction
 */
public record TableFigures(
        String name,
        int sstables,
        long entries,
        long liveBytes,
        long bottomBytes,
        long memtableBytes,
        long indexBytes,
        long userBytes,
        long flushedBytes,
        long compactedBytes) {

    public TableFigures {
        Objects.requireNonNull(name, "name");
    }

    /** Bytes of sorted tables written for each byte that a user wrote; 0 while nobody wrote. */
    public double writeAmplification() {
        return userBytes == 0 ? 0 : (double) (flushedBytes + compactedBytes) / userBytes;
    }

    /** Bytes on the disk for each byte that would do, at most; 1 when there are none. */
    public double spaceAmplification() {
        return bottomBytes == 0 ? 1 : (double) liveBytes / bottomBytes;
    }
}

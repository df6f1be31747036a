package io.annulus.storage.sstable;

import java.util.Objects;

/**
 * What a new sorted table is to be.
 *
 * @param number of the file
 * @param table number of the table
 * @param tableName name of the table
 * @param layout how it is packed
 * @param maxEntries at most so many entries are added
 * @param firstSequence log sequence that no entry is older than
 * @param lastSequence log sequence that no entry is newer than
 */
public record SSTableSpec(
        long number,
        int table,
        String tableName,
        SSTableLayout layout,
        long maxEntries,
        long firstSequence,
        long lastSequence) {

    public SSTableSpec {
        Objects.requireNonNull(tableName, "tableName");
        Objects.requireNonNull(layout, "layout");
    }
}

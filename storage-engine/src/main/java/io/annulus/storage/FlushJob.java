package io.annulus.storage;

import io.annulus.storage.memtable.Memtable;
import java.util.List;

/**
 * Frozen memtables to be written out together.
 *
 * @param units one for each table
 * @param segment the log segment whose records they hold; 0 for replayed records, whose segments are known already
 * @param segmentBytes its bytes
 */
record FlushJob(List<Unit> units, long segment, long segmentBytes) {

    FlushJob {
        units = List.copyOf(units);
    }

    /** Entries to be written out. */
    long entries() {
        return units.stream().mapToLong(unit -> unit.memtable().count()).sum();
    }

    /**
     * One frozen memtable.
     *
     * @param table whose it is
     * @param memtable its entries
     * @param firstSequence no entry is older
     * @param lastSequence all records of the table up to here are in it or in sorted tables
     */
    record Unit(LsmTable table, Memtable memtable, long firstSequence, long lastSequence) {}
}

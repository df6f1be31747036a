package io.annulus.api.storage;

import java.util.List;
import java.util.Objects;

/**
 * Figures of the store; counts are since it was opened. The parts are not of one moment.
 *
 * @param tables all tables, by name
 * @param disk what is on the disk
 * @param memory what is held in memory
 * @param reads what lookups cost
 * @param loggedBytes bytes that were written to the log
 */
public record StorageFigures(List<TableFigures> tables, Disk disk, Memory memory, Reads reads, long loggedBytes) {

    /**
     * Bytes on the disk.
     *
     * @param live of the sorted tables
     * @param obsolete of files that were superseded, and wait for a reader or their deletion
     * @param log of the commit log
     * @param snapshots of files that only snapshots hold
     * @param usable that may still be written
     */
    public record Disk(long live, long obsolete, long log, long snapshots, long usable) {}

    /**
     * Bytes in memory.
     *
     * @param memtables of all tables
     * @param cache of unpacked blocks
     * @param indexes of indexes and filters
     */
    public record Memory(long memtables, long cache, long indexes) {}

    /**
     * What lookups cost.
     *
     * @param lookups that looked into sorted tables
     * @param passedOver sorted tables that need not be read, by their range or filter
     * @param asked sorted tables that had to be read
     * @param falselyAsked of these, those that did not have the key
     * @param cacheHits blocks that were in the cache
     * @param blocksRead blocks that were read from a file
     */
    public record Reads(long lookups, long passedOver, long asked, long falselyAsked, long cacheHits, long blocksRead) {

        /** Blocks read from files for each lookup; 0 while there was none. */
        public double amplification() {
            return lookups == 0 ? 0 : (double) blocksRead / lookups;
        }
    }

    public StorageFigures {
        tables = List.copyOf(tables);
        Objects.requireNonNull(disk, "disk");
        Objects.requireNonNull(memory, "memory");
        Objects.requireNonNull(reads, "reads");
    }

    /** Bytes written to the disk, log and all, for each byte that a user wrote; 0 while nobody wrote. */
    public double writeAmplification() {
        long user = tables.stream().mapToLong(TableFigures::userBytes).sum();
        long sorted = tables.stream()
                .mapToLong(table -> table.flushedBytes() + table.compactedBytes())
                .sum();
        return user == 0 ? 0 : (double) (loggedBytes + sorted) / user;
    }
}

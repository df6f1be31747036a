package io.annulus.storage;

import io.annulus.api.version.RecordJoin;
import io.annulus.storage.memtable.Memtable;
import io.annulus.storage.merge.StoredEntry;
import java.util.ArrayList;
import java.util.List;

/**
 * Records of one table that are in the log alone. The first of each key goes into a memtable at once; what joins with it waits in
 * order for the table to be opened, since its join is not known before. One thread at a time.
 */
final class ReplayedTable {

    private final long flushedSequence;
    private final Memtable memtable = new Memtable();
    private final List<StoredEntry> later = new ArrayList<>();
    private long first;
    private long last;
    private long count;

    /** How many there were when it was asked for the last one of a segment. */
    private long counted;

    /** A table whose sorted tables hold all entries up to a sequence. */
    ReplayedTable(long flushedSequence) {
        this.flushedSequence = flushedSequence;
    }

    /** Whether sorted tables hold the entry of a sequence already. */
    boolean isFlushed(long sequence) {
        return sequence <= flushedSequence;
    }

    /** Adds an entry, in the order of the log. */
    void add(StoredEntry entry, long sequence) {
        if (!memtable.putIfAbsent(entry)) {
            later.add(entry);
        }
        first = count == 0 ? sequence : first;
        last = sequence;
        count++;
    }

    /** Number of entries. */
    long count() {
        return count;
    }

    /** Sequence of the first entry, 0 when there is none. */
    long firstSequence() {
        return first;
    }

    /** Sequence of the last entry, 0 when there is none. */
    long lastSequence() {
        return last;
    }

    /** Sequence of the last entry that was added since the last call; 0 when none was. */
    long lastOfSegment() {
        long lastOfSegment = count > counted ? last : 0;
        counted = count;
        return lastOfSegment;
    }

    /**
     * All entries, joined; to be called once.
     *
     * @throws io.annulus.api.version.CorruptRecordException when they cannot be
     */
    Memtable joined(RecordJoin join) {
        later.forEach(entry -> memtable.put(entry, join));
        later.clear();
        return memtable;
    }
}

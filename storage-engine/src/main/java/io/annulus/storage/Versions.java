package io.annulus.storage;

import io.annulus.api.version.CorruptRecordException;
import io.annulus.api.version.RecordJoin;
import io.annulus.storage.memtable.Memtable;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.RecordUse;
import io.annulus.storage.merge.StoredEntry;
import io.annulus.storage.quarantine.Healed;
import io.annulus.storage.sstable.Answer;
import io.annulus.storage.sstable.SSTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the runs of one view say of a key, from the newest on and no further than the first entry that hides what is older. One
 * thread.
 */
final class Versions {

    private final EntryKey place;
    private Optional<StoredEntry> newest = Optional.empty();

    /** What lies under the newest; most keys have nothing there. */
    private List<Older> older = List.of();

    private final RecordJoin join;

    /** The greatest rank of a record that was found in memory. */
    private long rank = RecordJoin.NO_RANK;

    /** Sorted tables that the walk came to. */
    private int runs;

    /** Those of them that had to be asked. */
    private int asked;

    /** Those of them that did not have the key. */
    private int empty;

    private boolean isEnded;
    private boolean isComplete = true;

    /** Looks into blocks for a walk over the runs. */
    @FunctionalInterface
    interface Blocks {

        /**
         * What a block of a run says of the key; when it is missing the walk goes on, and is not complete.
         *
         * @param run which sorted table of the view
         * @throws io.annulus.api.storage.CorruptDataException when the block is damaged
         */
        Answer find(int run, SSTable table, int number, EntryKey place);
    }

    /**
     * What lies under the newest entry.
     *
     * @param mostRank no record where it lies has a greater one
     */
    private record Older(StoredEntry entry, long mostRank) {}

    private Versions(EntryKey place, RecordJoin join) {
        this.place = place;
        this.join = join;
    }

    /**
     * Goes over the runs of a view, but for those that a healed range hides, and sorted tables all records of which are of lower
     * rank than one that was found: they add nothing to it (Cassandra's reads leave out by timestamps, too).
     *
     * @throws io.annulus.api.storage.CorruptDataException when a run that nothing newer hides cannot be read; when the walk was
     *     not complete so far, something newer may still do so
     */
    static Versions of(TableView view, Healed healed, EntryKey place, RecordJoin join, Blocks blocks) {
        Versions versions = new Versions(place, join);
        versions.add(view.active().get(place), SSTable.ANY_RANK);
        List<Memtable> frozen = view.frozen();
        for (int i = 0; i < frozen.size() && !versions.isEnded; i++) {
            versions.add(frozen.get(i).get(place), SSTable.ANY_RANK);
        }
        List<SSTable> tables = view.sstables();
        for (int run = 0; run < tables.size() && !versions.isEnded; run++) {
            SSTable table = tables.get(run);
            versions.runs++;
            if (table.mostRank() >= versions.rank && isCandidate(table, healed, place)) {
                versions.look(run, table, blocks);
            }
        }
        return versions;
    }

    /** Quarantines the place in each table whose record was looked at and does not match its own checksum. */
    void blame(TableView view, Healed healed, Blocks blocks) {
        for (int run = 0; run < runs; run++) {
            SSTable table = view.sstables().get(run);
            if (isCandidate(table, healed, place)) {
                blocks.find(run, table, table.blockOf(place), place).entry().ifPresent(entry -> blame(table, entry));
            }
        }
    }

    private void blame(SSTable table, StoredEntry entry) {
        if (entry.kind().hasRecord()) {
            try {
                join.verify(entry.record());
            } catch (CorruptRecordException e) {
                table.rejected(entry.place(), e);
            }
        }
    }

    /** Whether no block was missing. */
    boolean isComplete() {
        return isComplete;
    }

    /** Whether the record is made without reading value files. */
    boolean isInMemory() {
        boolean isInMemory = newest.isEmpty() || newest.get().isInMemory();
        for (Older under : older) {
            isInMemory &= under.entry.isInMemory();
        }
        return isInMemory;
    }

    /** Bytes to be joined, when all is in memory. */
    long bytesToJoin() {
        long bytes = 0;
        if (!older.isEmpty()) {
            bytes = newest.get().record().length;
            for (Older under : older) {
                bytes += under.entry.record().length;
            }
        }
        return bytes;
    }

    /** Takes note of what the walk cost. */
    void count(ReadCounts counts) {
        if (asked > 0) {
            counts.lookup(runs, asked);
            counts.falselyAsked(empty);
        }
    }

    /**
     * The record: all entries laid over each other, and checked.
     *
     * @throws CorruptRecordException when it does not match its own checksum, or cannot be joined
     * @throws io.annulus.storage.merge.ValueGoneException when a value file was deleted: then a newer view has the answer
     */
    Optional<byte[]> record() {
        if (newest.isEmpty()) {
            return Optional.empty();
        }
        if (isLarge()) {
            return use((bytes, from, length) -> Arrays.copyOfRange(bytes, from, from + length));
        }
        StoredEntry found = older.isEmpty() ? newest.get() : newest.get().inMemory();
        for (Older under : older) {
            // A value file is read only where its record may count.
            if (under.mostRank >= rank(found)) {
                found = found.over(under.entry, join).inMemory();
            }
        }
        Optional<byte[]> record = found.live();
        if (record.isPresent()) {
            join.verify(record.get());
        }
        return record;
    }

    /**
     * Uses the record: without a copy of a large one that is alone.
     *
     * @throws CorruptRecordException when it does not match its own checksum, or cannot be joined
     * @throws io.annulus.storage.merge.ValueGoneException when a value file was deleted: then a newer view has the answer
     */
    <T> Optional<T> use(RecordUse<T> use) {
        if (!isLarge()) {
            return record().map(record -> use.use(record, 0, record.length));
        }
        return Optional.of(newest.get().use((bytes, from, length) -> {
            join.verify(bytes, from, length);
            return use.use(bytes, from, length);
        }));
    }

    /** Whether there is one record alone, in a value file. */
    private boolean isLarge() {
        return newest.isPresent() && older.isEmpty() && !newest.get().isInMemory();
    }

    private static boolean isCandidate(SSTable table, Healed healed, EntryKey place) {
        return table.mayContain(place.token())
                && !healed.hides(place.token(), table.info().lastSequence());
    }

    private void look(int run, SSTable table, Blocks blocks) {
        asked++;
        Answer answer = blocks.find(run, table, table.blockOf(place), place);
        if (answer.isMissing()) {
            isComplete = false;
        } else {
            empty += answer.entry().isEmpty() ? 1 : 0;
            add(answer.entry(), table.mostRank());
        }
    }

    private void add(Optional<StoredEntry> entry, long mostRank) {
        if (entry.isEmpty()) {
            return;
        }
        if (newest.isEmpty()) {
            newest = entry;
        } else {
            older = older.isEmpty() ? new ArrayList<>() : older;
            older.add(new Older(entry.get(), mostRank));
        }
        isEnded = entry.get().kind().hidesOlder();
        if (entry.get().isInMemory()) {
            rank = Math.max(rank, rank(entry.get()));
        }
    }

    private long rank(StoredEntry entry) {
        return entry.kind().hasRecord() ? join.rank(entry.record()) : RecordJoin.NO_RANK;
    }
}

package io.annulus.storage;

import io.annulus.api.version.CorruptRecordException;
import io.annulus.api.version.RecordJoin;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.StoredEntry;
import io.annulus.storage.sstable.Block;
import io.annulus.storage.sstable.SSTable;
import java.util.List;
import java.util.Optional;

/**
 * What the runs of one view say of a key: entries in memory and in cached blocks at once, those of other blocks as they come.
 * Owned by the loop.
 */
final class Lookup {

    private final EntryKey place;
    private final RecordJoin join;
    private final Optional<StoredEntry> newest;
    private final List<SSTable> tables;
    private final int[] blocks;

    /** By table: its entry, null for none. */
    private final StoredEntry[] entries;

    /** By table: why it cannot be answered for, null for no reason. */
    private final Throwable[] failures;

    /** Tables that count; older ones are hidden. */
    private int end;

    private int missing;
    private boolean isStale;

    /** Looks wherever no file needs to be read. */
    Lookup(EntryKey place, RecordJoin join, Optional<StoredEntry> newest, List<SSTable> newestFirst) {
        this.place = place;
        this.join = join;
        this.newest = newest;
        this.tables = newestFirst;
        this.blocks = new int[tables.size()];
        this.entries = new StoredEntry[blocks.length];
        this.failures = new Throwable[blocks.length];
        while (end < blocks.length && !(end > 0 && isHiding(end - 1))) {
            lookInCache(end++);
        }
    }

    /** Asks for all blocks that are missing, and runs the end when the last of them has come; called once. */
    void requestMissing(BlockLoads loads, Runnable whenComplete) {
        for (int i = 0; i < end; i++) {
            if (blocks[i] >= 0) {
                int table = i;
                loads.load(tables.get(i), blocks[i], loaded -> {
                    take(table, loaded);
                    if (isComplete()) {
                        whenComplete.run();
                    }
                });
            }
        }
    }

    /** Whether nothing is missing any more. */
    boolean isComplete() {
        return missing == 0;
    }

    /** Whether a table was deleted before it could be read: then a newer view has the answer. */
    boolean isStale() {
        return isStale;
    }

    /** The first failure that matters: one of a run that nothing newer hides. */
    Optional<Throwable> failure() {
        boolean hidden = newest.isPresent() && newest.get().kind().hidesOlder();
        for (int i = 0; i < end && !hidden; i++) {
            if (failures[i] != null) {
                return Optional.of(failures[i]);
            }
            hidden = isHiding(i);
        }
        return Optional.empty();
    }

    /** Whether {@link #record} reads no value files. */
    boolean isInMemory() {
        boolean hidden = newest.isPresent() && newest.get().kind().hidesOlder();
        for (int i = 0; i < end && !hidden; i++) {
            if (entries[i] != null && !entries[i].isInMemory()) {
                return false;
            }
            hidden = isHiding(i);
        }
        return true;
    }

    /**
     * The record, when nothing is missing and nothing failed.
     *
     * @throws CorruptRecordException when it does not match its own checksum, or cannot be joined
     * @throws io.annulus.storage.merge.ValueGoneException when a value file was deleted: then a newer view has the answer
     */
    Optional<byte[]> record() {
        Optional<StoredEntry> found = newest;
        for (int i = 0; i < end && !(found.isPresent() && found.get().kind().hidesOlder()); i++) {
            found = TableView.laidOver(found, Optional.ofNullable(entries[i]), join);
        }
        Optional<byte[]> record = found.flatMap(StoredEntry::live);
        record.ifPresent(join::verify);
        return record;
    }

    /** Quarantines the place in each table whose record does not match its own checksum. */
    void blame() {
        for (int i = 0; i < end; i++) {
            if (entries[i] != null && entries[i].kind().hasRecord()) {
                try {
                    join.verify(entries[i].record());
                } catch (CorruptRecordException e) {
                    failures[i] = tables.get(i).rejected(place, e);
                }
            }
        }
    }

    /** Tables that were asked and do not have the key; once it is complete. */
    int emptyTables() {
        int empty = 0;
        for (int i = 0; i < end; i++) {
            empty += entries[i] == null && failures[i] == null ? 1 : 0;
        }
        return empty;
    }

    private void lookInCache(int table) {
        SSTable sstable = tables.get(table);
        blocks[table] = -1;
        try {
            int number = sstable.blockOf(place);
            Optional<Block> block = sstable.cached(number);
            if (block.isPresent()) {
                entries[table] = block.get().find(place).orElse(null);
            } else {
                blocks[table] = number;
                missing++;
            }
        } catch (RuntimeException e) {
            failures[table] = e;
        }
    }

    private void take(int table, BlockLoads.Loaded loaded) {
        missing--;
        isStale |= loaded.isGone();
        failures[table] = loaded.failure().orElse(null);
        entries[table] = loaded.block().flatMap(block -> block.find(place)).orElse(null);
    }

    private boolean isHiding(int table) {
        return entries[table] != null && entries[table].kind().hidesOlder();
    }
}

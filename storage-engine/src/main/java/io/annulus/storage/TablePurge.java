package io.annulus.storage;

import io.annulus.api.ring.Token;
import io.annulus.api.storage.Retention;
import io.annulus.storage.compaction.Purge;
import io.annulus.storage.memtable.Memtable;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.EntryKind;
import io.annulus.storage.merge.StoredEntry;
import io.annulus.storage.sstable.SSTable;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What a merge of one table leaves out, given all else that may hold the key: memtables, sorted tables outside the merge by range
 * and filter (a damaged one may hold any key of its range), and ranges that are pinned. Sources are looked at when the merge comes
 * to the entry: what is written later finds the entry gone, as if it had been written after the merge. Thread of the merge.
 */
final class TablePurge implements Purge {

    private final LsmTable table;
    private final Set<SSTable> inputs;
    private final PurgePins pins;
    private final LongSupplier wallMillis;

    TablePurge(LsmTable table, Collection<SSTable> inputs, PurgePins pins, LongSupplier wallMillis) {
        this.table = table;
        this.inputs = Set.copyOf(inputs);
        this.pins = pins;
        this.wallMillis = wallMillis;
    }

    @Override
    public Optional<StoredEntry> kept(StoredEntry entry) {
        EntryKey place = entry.place();
        StoredEntry kept = entry;
        if (entry.kind().hidesOlder()) {
            if (pins.isPinned(place.token()) || anOlderMayHold(place.token())) {
                return Optional.of(entry);
            }
            if (!entry.kind().hasRecord()) {
                return Optional.empty();
            }
            kept = entry.with(EntryKind.RECORD);
        }
        Retention retention = table.options().retention();
        if (retention == Retention.EVERYTHING) {
            return Optional.of(kept);
        }
        byte[] record = kept.record();
        Optional<byte[]> retained = retention.retained(place.token(), place.key(), record, wallMillis.getAsLong());
        boolean isWhole = retained.isPresent() && retained.get() == record;
        if (isWhole || pins.isPinned(place.token()) || anotherMayHold(place)) {
            return Optional.of(kept);
        }
        return retained.map(rest -> new StoredEntry(place, EntryKind.RECORD, rest));
    }

    /** Whether a sorted table older than the merged ones may hold a key of the token. */
    private boolean anOlderMayHold(Token token) {
        boolean isBehind = false;
        for (SSTable sstable : table.view().sstables()) {
            if (inputs.contains(sstable)) {
                isBehind |= sstable.info().covers(token);
            } else if (isBehind && sstable.mayContain(token)) {
                return true;
            }
        }
        return false;
    }

    private boolean anotherMayHold(EntryKey place) {
        TableView view = table.view();
        for (SSTable sstable : view.sstables()) {
            if (!inputs.contains(sstable) && sstable.mayContain(place.token())) {
                return true;
            }
        }
        for (Memtable memtable : view.frozen()) {
            if (memtable.get(place).isPresent()) {
                return true;
            }
        }
        return view.active().get(place).isPresent();
    }
}

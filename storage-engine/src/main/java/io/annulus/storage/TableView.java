package io.annulus.storage;

import io.annulus.api.ring.Token;
import io.annulus.storage.compaction.AgeOrder;
import io.annulus.storage.memtable.Memtable;
import io.annulus.storage.sstable.SSTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What makes up a table at one moment, each list newest first; sorted tables that share no token are in any order. Immutable but
 * for the active memtable; a reader works on one view from start to end.
 */
record TableView(Memtable active, List<Memtable> frozen, List<SSTable> sstables) {

    TableView {
        frozen = List.copyOf(frozen);
        sstables = List.copyOf(sstables);
    }

    TableView withActive(Memtable next) {
        List<Memtable> all = new ArrayList<>();
        all.add(active);
        all.addAll(frozen);
        return new TableView(next, all, sstables);
    }

    /** With the oldest frozen memtable replaced by the sorted table that was written from it. */
    TableView withFlushed(Memtable flushed, SSTable sstable) {
        if (frozen.isEmpty() || frozen.get(frozen.size() - 1) != flushed) {
            throw new IllegalStateException("a memtable was written out before an older one");
        }
        List<SSTable> all = new ArrayList<>();
        all.add(sstable);
        all.addAll(sstables);
        return new TableView(active, frozen.subList(0, frozen.size() - 1), all);
    }

    /** With sorted tables replaced by their merge. */
    TableView withCompacted(List<SSTable> inputs, List<SSTable> merged) {
        return new TableView(
                active, frozen, AgeOrder.replaced(sstables, Set.copyOf(inputs), merged, (left, right) -> left.info()
                        .overlaps(right.info().first(), right.info().last())));
    }

    List<SSTable> overlapping(Token from, Token to) {
        return sstables.stream()
                .filter(table -> table.info().overlaps(from, to))
                .toList();
    }
}

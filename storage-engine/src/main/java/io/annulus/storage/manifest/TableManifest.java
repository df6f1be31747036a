package io.annulus.storage.manifest;

import io.annulus.storage.compaction.AgeOrder;
import io.annulus.storage.sstable.SSTableInfo;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One table in the manifest.
 *
 * @param number of the table
 * @param name of the table
 * @param flushedSequence its records up to here are in its sorted tables
 * @param sstables of two that share tokens, the newer one comes first
 */
public record TableManifest(int number, String name, long flushedSequence, List<SSTableInfo> sstables) {

    public TableManifest {
        Objects.requireNonNull(name, "name");
        sstables = List.copyOf(sstables);
    }

    /** With a newest sorted table, which holds all records up to a sequence. */
    public TableManifest flushed(List<SSTableInfo> newest, long sequence) {
        List<SSTableInfo> tables = new ArrayList<>(newest);
        tables.addAll(sstables);
        return new TableManifest(number, name, Math.max(flushedSequence, sequence), tables);
    }

    /** With sorted tables replaced by their merge, which may be empty. */
    public TableManifest compacted(Set<Long> inputs, List<SSTableInfo> merged) {
        Set<SSTableInfo> gone = new HashSet<>();
        sstables.stream().filter(sstable -> inputs.contains(sstable.number())).forEach(gone::add);
        if (gone.size() != inputs.size()) {
            throw new IllegalStateException("of sorted tables " + inputs + " only " + gone + " are there");
        }
        List<SSTableInfo> tables =
                AgeOrder.replaced(sstables, gone, merged, (left, right) -> left.overlaps(right.first(), right.last()));
        return new TableManifest(number, name, flushedSequence, tables);
    }
}

package io.annulus.storage.manifest;

import io.annulus.storage.sstable.SSTableInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * One table in the manifest.
 *
 * @param number of the table
 * @param name of the table
 * @param flushedSequence its records up to here are in its sorted tables
 * @param sstables newest first
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

    /** With neighbouring sorted tables replaced by their merge, which may be empty. */
    public TableManifest compacted(Set<Long> inputs, List<SSTableInfo> merged) {
        List<SSTableInfo> tables = new ArrayList<>();
        boolean placed = false;
        for (SSTableInfo sstable : sstables) {
            if (!inputs.contains(sstable.number())) {
                tables.add(sstable);
            } else if (!placed) {
                tables.addAll(merged);
                placed = true;
            }
        }
        return new TableManifest(number, name, flushedSequence, tables);
    }
}

package io.annulus.storage.compaction;

import io.annulus.storage.file.Directory;
import io.annulus.storage.sstable.BlockCodec;
import io.annulus.storage.sstable.SSTableLayout;
import io.annulus.storage.sstable.SSTableSpec;
import io.annulus.storage.value.ValueSink;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * Where a merge writes.
 *
 * @param directory of the sorted tables
 * @param codec packs their blocks
 * @param table number of the table
 * @param tableName name of the table
 * @param layout how they are packed
 * @param fileNumbers gives numbers that no file had; any thread
 * @param values takes the large records of a shard that is being made
 */
public record Outputs(
        Directory directory,
        BlockCodec codec,
        int table,
        String tableName,
        SSTableLayout layout,
        LongSupplier fileNumbers,
        Function<SSTableSpec, ValueSink> values) {

    public Outputs {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(codec, "codec");
        Objects.requireNonNull(tableName, "tableName");
        Objects.requireNonNull(layout, "layout");
        Objects.requireNonNull(fileNumbers, "fileNumbers");
        Objects.requireNonNull(values, "values");
    }
}

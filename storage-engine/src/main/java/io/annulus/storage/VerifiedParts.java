package io.annulus.storage;

import io.annulus.api.version.RecordJoin;
import io.annulus.storage.sstable.SSTable;
import io.annulus.storage.sstable.SSTableInfo;
import io.annulus.storage.value.ValueUse;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What of an engine there is to be verified; its functions may be called on any thread.
 *
 * @param engine the parts of the engine
 * @param logId what its log is bound to
 * @param tables all sorted tables by number of the file, with what checks their records; empty where a table was not opened
 * @param segments the closed segments of the log, each with the sequence up to which it must reach
 * @param joins by number of the table: what checks its records
 * @param flush lets the log go as soon as may be, since it is damaged
 * @param trouble told what an operator should know
 */
record VerifiedParts(
        EngineParts engine,
        long logId,
        Supplier<Map<Long, Source>> tables,
        Supplier<Map<Long, Long>> segments,
        Supplier<Map<Integer, RecordJoin>> joins,
        Runnable flush,
        Consumer<String> trouble) {

    /**
     * A sorted table.
     *
     * @param sstable not retained
     * @param join empty when its table was not opened
     */
    record Source(SSTable sstable, Optional<RecordJoin> join) {}

    /** About how many bytes there are. */
    long bytes() {
        return tables.get().values().stream()
                .mapToLong(source -> bytes(source.sstable().info()))
                .sum();
    }

    private static long bytes(SSTableInfo info) {
        return info.sizeBytes()
                + info.values().stream().mapToLong(ValueUse::bytes).sum();
    }
}

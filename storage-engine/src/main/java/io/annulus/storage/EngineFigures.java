package io.annulus.storage;

import io.annulus.api.storage.StorageFigures;
import io.annulus.api.storage.TableFigures;
import io.annulus.storage.cache.BlockCache;
import io.annulus.storage.manifest.TableManifest;
import io.annulus.storage.sstable.SSTable;
import io.annulus.storage.sstable.SSTableInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Gathers the figures of an engine; any thread. */
final class EngineFigures {

    private final EngineParts parts;
    private final TableStore store;
    private final CommitPipeline pipeline;
    private final EngineSnapshots snapshots;
    private final MemoryUse memory;
    private final ReadCounts reads;

    EngineFigures(
            EngineParts parts,
            TableStore store,
            CommitPipeline pipeline,
            EngineSnapshots snapshots,
            MemoryUse memory,
            ReadCounts reads) {
        this.parts = parts;
        this.store = store;
        this.pipeline = pipeline;
        this.snapshots = snapshots;
        this.memory = memory;
        this.reads = reads;
    }

    /**
     * The figures.
     *
     * @param open the tables that were opened, by name
     */
    StorageFigures of(Map<String, LsmTable> open) {
        SortedMap<String, TableFigures> tables = new TreeMap<>();
        for (TableManifest table : store.manifest().tables().values()) {
            tables.put(table.name(), unopened(table));
        }
        open.forEach((name, table) -> tables.put(name, opened(table)));
        BlockCache.Figures cache = store.cacheFigures();
        return new StorageFigures(
                List.copyOf(tables.values()),
                disk(tables),
                new StorageFigures.Memory(
                        memory.bytes(),
                        cache.bytes(),
                        tables.values().stream()
                                .mapToLong(TableFigures::indexBytes)
                                .sum()),
                new StorageFigures.Reads(
                        reads.lookups(),
                        reads.passedOverTables(),
                        reads.askedTables(),
                        reads.falselyAskedTables(),
                        cache.hits(),
                        cache.misses()),
                pipeline.loggedBytes());
    }

    private StorageFigures.Disk disk(SortedMap<String, TableFigures> tables) {
        long usable;
        try {
            usable = parts.root().usableBytes();
        } catch (IOException e) {
            // A disk that does not answer has no room that one could use.
            usable = 0;
        }
        return new StorageFigures.Disk(
                tables.values().stream().mapToLong(TableFigures::liveBytes).sum(),
                store.obsoleteBytes(),
                store.logBytes() + pipeline.segmentBytes(),
                snapshots.heldBytes(),
                usable);
    }

    private static TableFigures unopened(TableManifest table) {
        List<SSTableInfo> sstables = table.sstables();
        return new TableFigures(
                table.name(),
                sstables.size(),
                sstables.stream().mapToLong(SSTableInfo::entries).sum(),
                sstables.stream().mapToLong(SSTableInfo::sizeBytes).sum(),
                bottomBytes(sstables),
                0,
                0,
                0,
                0,
                0);
    }

    private static TableFigures opened(LsmTable table) {
        List<SSTable> sstables = table.view().sstables();
        List<SSTableInfo> infos = sstables.stream().map(SSTable::info).toList();
        TableCounts counts = table.counts();
        return new TableFigures(
                table.name(),
                infos.size(),
                infos.stream().mapToLong(SSTableInfo::entries).sum(),
                infos.stream().mapToLong(SSTableInfo::sizeBytes).sum(),
                bottomBytes(infos),
                counts.memtableBytes(),
                sstables.stream().mapToLong(SSTable::indexBytes).sum(),
                counts.userBytes(),
                counts.flushedBytes(),
                counts.compactedBytes());
    }

    /** As RocksDB estimates it: what lies lowest supersedes nothing. */
    private static long bottomBytes(List<SSTableInfo> newestFirst) {
        List<SSTableInfo> bottom = new ArrayList<>();
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            SSTableInfo info = newestFirst.get(i);
            if (bottom.stream().noneMatch(lower -> lower.overlaps(info.first(), info.last()))) {
                bottom.add(info);
            }
        }
        return bottom.stream().mapToLong(SSTableInfo::sizeBytes).sum();
    }
}

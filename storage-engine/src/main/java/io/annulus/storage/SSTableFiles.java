package io.annulus.storage;

import io.annulus.api.version.RecordJoin;
import io.annulus.storage.file.Directory;
import io.annulus.storage.file.OutputFile;
import io.annulus.storage.file.ScarceException;
import io.annulus.storage.manifest.Manifest;
import io.annulus.storage.manifest.TableManifest;
import io.annulus.storage.merge.EntryCursor;
import io.annulus.storage.merge.StoredEntry;
import io.annulus.storage.sstable.BlockStore;
import io.annulus.storage.sstable.SSTable;
import io.annulus.storage.sstable.SSTableInfo;
import io.annulus.storage.sstable.SSTableLayout;
import io.annulus.storage.sstable.SSTableSpec;
import io.annulus.storage.sstable.SSTableWriter;
import io.annulus.storage.value.ValueSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Makes and opens the files of sorted tables, and numbers them. Owned by the store thread. */
final class SSTableFiles {

    private final Directory directory;
    private final BlockStore blocks;
    private final int separateBytes;

    /** Taken from by the store and compaction threads. */
    private final AtomicLong nextFile;

    /** {@code separateBytes} is the size from which a record goes into a value file. */
    SSTableFiles(Directory directory, BlockStore blocks, int separateBytes, long nextFile) {
        this.directory = directory;
        this.blocks = blocks;
        this.separateBytes = separateBytes;
        this.nextFile = new AtomicLong(nextFile);
    }

    /** Takes a number for a new file; any thread. */
    long takeNumber() {
        return nextFile.getAndIncrement();
    }

    /** The number that the next one gets. */
    long nextNumber() {
        return nextFile.get();
    }

    /** Opens the sorted tables of the manifest; before the store thread works. */
    Map<Integer, List<SSTable>> openAll(Manifest manifest, Consumer<String> trouble) throws IOException {
        Map<Integer, List<SSTable>> opened = new TreeMap<>();
        try {
            for (TableManifest table : manifest.tables().values()) {
                List<SSTable> sstables = new ArrayList<>();
                opened.put(table.number(), sstables);
                for (SSTableInfo info : table.sstables()) {
                    SSTable sstable = SSTable.open(directory, info, blocks);
                    sstable.damage().ifPresent(damage -> trouble.accept(damage.getMessage()));
                    sstables.add(sstable);
                }
            }
        } catch (ScarceException e) {
            opened.values().forEach(sstables -> sstables.forEach(SSTable::release));
            throw e;
        }
        return opened;
    }

    /**
     * Writes memtables out, and opens what was written.
     *
     * @param advanced takes how many entries more were written
     * @param opened takes what was opened, to be discarded when it does not come to be named
     */
    List<Optional<SSTable>> write(FlushJob job, LongConsumer advanced, List<SSTable> opened) throws IOException {
        List<Optional<SSTable>> written = new ArrayList<>();
        for (FlushJob.Unit unit : job.units()) {
            written.add(unit.memtable().isEmpty() ? Optional.empty() : Optional.of(write(unit)));
            written.get(written.size() - 1).ifPresent(opened::add);
            advanced.accept(unit.memtable().count());
        }
        directory.sync();
        return written;
    }

    private SSTable write(FlushJob.Unit unit) throws IOException {
        LsmTable table = unit.table();
        SSTableSpec spec = new SSTableSpec(
                takeNumber(),
                table.number(),
                table.name(),
                SSTableLayout.of(table.options()),
                unit.memtable().count(),
                unit.firstSequence(),
                unit.lastSequence());
        String name = SSTableInfo.fileName(spec.number());
        try {
            return opened(write(unit, spec, name));
        } catch (ScarceException e) {
            directory.delete(name);
            blocks.values().delete(spec.number());
            throw e;
        }
    }

    private SSTableInfo write(FlushJob.Unit unit, SSTableSpec spec, String name) throws IOException {
        LsmTable table = unit.table();
        try (ValueSink values = values(spec, Set.of());
                OutputFile file = directory.create(name)) {
            SSTableWriter writer = new SSTableWriter(spec, file, blocks.codec());
            EntryCursor entries = unit.memtable().cursor();
            long mostRank = RecordJoin.NO_RANK;
            while (entries.next()) {
                StoredEntry entry = entries.entry();
                if (entry.kind().hasRecord()) {
                    table.join().verify(entry.record());
                }
                mostRank = Math.max(mostRank, rank(entry, table.join()));
                writer.add(values.placed(entry));
            }
            SSTableInfo info = writer.finish(mostRank);
            values.finish();
            return info;
        }
    }

    /** What hides older entries must not be passed over itself, and of a record without a rank nothing is known. */
    private static long rank(StoredEntry entry, RecordJoin join) {
        long rank = entry.kind().hidesOlder() ? RecordJoin.NO_RANK : join.rank(entry.record());
        return rank == RecordJoin.NO_RANK ? SSTable.ANY_RANK : rank;
    }

    /** Takes the large records of a sorted table that is being made; any thread. */
    ValueSink values(SSTableSpec spec, Set<Long> relocated) {
        return blocks.values().sink(spec.number(), spec.layout().compression(), separateBytes, relocated);
    }

    /** Opens what was written, and checks that it can be read. */
    SSTable opened(SSTableInfo info) throws IOException {
        SSTable sstable = SSTable.open(directory, info, blocks);
        if (sstable.damage().isPresent()) {
            throw new IOException(
                    "a sorted table reads back damaged", sstable.damage().get());
        }
        return sstable;
    }

    /** Deletes tables that nothing names, since there was no room to name them. */
    static void discard(List<SSTable> written, IOException cause) {
        try {
            written.forEach(SSTable::releaseObsolete);
        } catch (UncheckedIOException e) {
            // The next start removes it.
            cause.addSuppressed(e);
        }
    }
}

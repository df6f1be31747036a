package io.annulus.storage;

import io.annulus.api.storage.StorageFullException;
import io.annulus.storage.cache.BlockCache;
import io.annulus.storage.file.CheckedFile;
import io.annulus.storage.file.Directory;
import io.annulus.storage.file.ScarceException;
import io.annulus.storage.job.Jobs;
import io.annulus.storage.job.RunningJob;
import io.annulus.storage.manifest.Manifest;
import io.annulus.storage.manifest.TableManifest;
import io.annulus.storage.snapshot.SnapshotSource;
import io.annulus.storage.sstable.BlockStore;
import io.annulus.storage.sstable.SSTable;
import io.annulus.storage.sstable.SSTableInfo;
import io.annulus.storage.value.ValueFiles;
import io.annulus.storage.value.ValueGarbage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;

/**
 * The sorted tables of all tables: writes memtables out, keeps the manifest, drops log segments, installs what compaction
 * merged. Owned by the store thread; a merge itself runs on the compaction thread.
 */
final class TableStore {

    private final EngineParts parts;
    private final Directory directory;
    private final BlockStore blocks;
    private final Fence fence;
    private final MemoryUse memory;
    private final Jobs jobs;
    private final Quarantine quarantine;
    private final LogSegments segments;
    private final SSTableFiles files;
    private final FlushQueue flushes;
    private final Retries retries;
    private final Compactor compactor;
    private final Set<LsmTable> unmerged = new LinkedHashSet<>();
    private int flushing;

    /** What was written out while its log was synced. */
    private Optional<Prepared> prepared = Optional.empty();

    private boolean unkept;

    /** Replaced by the store thread, read by figures. */
    private volatile Manifest manifest;

    /** Flushes under way, merges not ended, files to be deleted; store and compaction threads count, any thread reads. */
    private final AtomicInteger underWay = new AtomicInteger();

    /** Set by the thread that closes the engine, read by the store and compaction threads. */
    private volatile boolean closing;

    /** Written by the store thread, read by status. */
    private volatile Totals totals = new Totals(0, 0);

    /** Those that readers may still hold; replaced by the store thread, read by figures. */
    private volatile List<SSTable> obsolete = List.of();

    /** What an operator should know, one sentence; written by any thread, read by status. */
    private volatile String trouble = "";

    /**
     * Memtables that were written out and are in no manifest.
     *
     * @param sstables by unit of the job
     * @param opened all that there are
     */
    private record Prepared(FlushJob job, List<Optional<SSTable>> sstables, List<SSTable> opened) {}

    /** Sums for the status. */
    record Totals(long bytes, int sstables) {}

    TableStore(
            EngineParts parts,
            Fence fence,
            MemoryUse memory,
            Jobs jobs,
            Quarantine quarantine,
            Manifest manifest,
            CompactionPacing pacing) {
        this.parts = parts;
        this.directory = parts.sstables();
        BlockCache cache = new BlockCache(parts.config().blockCacheBytes());
        this.blocks =
                new BlockStore(parts.codec(), cache, new ValueFiles(parts.values(), parts.codec(), cache), quarantine);
        this.fence = fence;
        this.memory = memory;
        this.jobs = jobs;
        this.quarantine = quarantine;
        this.flushes = new FlushQueue(fence, jobs, this::writeOut);
        this.retries = new Retries(
                parts.loop(), () -> EngineThreads.runUnlessEnded(parts.threads().store(), this::retry));
        this.segments = new LogSegments(parts.log(), blocks.values());
        this.manifest = manifest;
        this.files = new SSTableFiles(directory, blocks, parts.config().separateBytes(), manifest.nextFile());
        this.compactor = new Compactor(parts, fence, this, jobs, pacing);
        count();
    }

    /** Opens the sorted tables of the manifest; before the store thread works. */
    Map<Integer, List<SSTable>> openAll() throws IOException {
        return files.openAll(manifest, this::trouble);
    }

    /**
     * Removes what former lives left unfinished or no longer needed; before the store thread works.
     *
     * @param recovered what the log holds
     */
    void tidy(Recovered recovered) throws IOException {
        Set<String> named = new HashSet<>();
        for (TableManifest table : manifest.tables().values()) {
            table.sstables().forEach(info -> named.add(info.fileName()));
        }
        for (String name : directory.list()) {
            boolean ours = name.endsWith(SSTableInfo.SUFFIX) || name.endsWith(CheckedFile.TEMPORARY);
            if (ours && !named.contains(name)) {
                directory.delete(name);
            }
        }
        directory.sync();
        segments.takeIn(recovered.segments());
        blocks.values().tidy();
        // Segments of that number and lower ones may be missing from now on.
        long removed = Math.min(segments.greatestFlushed(manifest), recovered.lastSegment());
        if (removed > manifest.lastSegment()) {
            replaceManifest(manifest.with(files.nextNumber(), 0, removed, List.of()));
        }
        segments.removeFlushed(manifest);
        quarantine.keepBy(this::keepQuarantine);
    }

    /** Writes frozen memtables out, whose log may not be synced yet; none of it counts before {@link #flush}. Store thread. */
    void prepare(FlushJob job) {
        if (closing || fence.isRaised() || !flushes.isEmpty()) {
            return;
        }
        try {
            prepared = Optional.of(written(job, entries -> {}));
        } catch (ScarceException e) {
            // The flush tries again, and says what is lacking.
            return;
        } catch (Throwable e) {
            fence.raise(e);
        }
    }

    /** Writes frozen memtables out; store thread. */
    void flush(FlushJob job) {
        underWay.incrementAndGet();
        flushing++;
        flushes.add(job);
        writeOut();
    }

    /** Tries again what the machine lacked something for; store thread. */
    void retry() {
        writeOut();
        if (unkept) {
            keepQuarantine();
        }
        List<LsmTable> tables = List.copyOf(unmerged);
        unmerged.clear();
        tables.forEach(this::compact);
    }

    private void writeOut() {
        if (closing) {
            flushes.giveUp();
        } else if (!flushes.writeOut()) {
            retries.ask();
        }
        if (flushes.isEmpty()) {
            underWay.addAndGet(-flushing);
            flushing = 0;
        }
    }

    private void writeOut(FlushJob job, RunningJob progress) throws IOException {
        Optional<Prepared> ready = prepared.filter(it -> it.job == job);
        prepared = prepared.filter(it -> it.job != job);
        Prepared made = ready.isPresent() ? ready.get() : written(job, progress::advance);
        ready.ifPresent(it -> progress.advance(job.entries()));
        try {
            install(job, made.sstables());
        } catch (ScarceException e) {
            // Nothing counts that no manifest names.
            SSTableFiles.discard(made.opened(), e);
            throw e;
        }
        job.units().forEach(unit -> compact(unit.table()));
    }

    private Prepared written(FlushJob job, LongConsumer advanced) throws IOException {
        List<SSTable> opened = new ArrayList<>();
        try {
            // Before a table points there: when that one is discarded, the log needs the values still.
            segments.retainValues(job.segment());
            return new Prepared(job, files.write(job, advanced, opened), opened);
        } catch (ScarceException e) {
            SSTableFiles.discard(opened, e);
            throw e;
        }
    }

    /** Merges runs of a table when they have become too many; store thread. */
    void compact(LsmTable table) {
        compactor.compact(table);
    }

    /** What merges tables. */
    Compactor compactor() {
        return compactor;
    }

    /** Numbers of the value files that hold so much garbage that the rest is to be copied out of them; store thread. */
    Set<Long> garbage() {
        return ValueGarbage.STANDARD.files(manifest.values(), blocks.values()::sizeBytes);
    }

    /**
     * What a snapshot is to hold: all that is in sorted tables and in value files, and the log of tables that were not opened in
     * this life; store thread, which alone removes files.
     */
    SnapshotSource snapshotSource() {
        SortedSet<String> names = new TreeSet<>();
        for (TableManifest table : manifest.tables().values()) {
            table.sstables().forEach(info -> names.add(info.fileName()));
        }
        SortedSet<String> values = new TreeSet<>();
        manifest.values().forEach(use -> values.add(use.fileName()));
        values.addAll(blocks.values().segmentFiles());
        return new SnapshotSource(
                manifest, new TreeMap<>(Map.of("sstables", names, EngineParts.VALUES, values)), segments.numbers());
    }

    /** Why no snapshot can be taken now; store thread. */
    Optional<StorageFullException> snapshotRefusal() {
        return flushes.isEmpty() && roomFor(0)
                ? Optional.empty()
                : Optional.of(new StorageFullException(
                        "the disk has no room above the reserve; make some, then take the snapshot"));
    }

    /** The manifest as it is; any thread. */
    Manifest manifest() {
        return manifest;
    }

    /** Bytes of sorted tables that no manifest names, and that readers still hold; any thread. */
    long obsoleteBytes() {
        return obsolete.stream()
                .filter(sstable -> !sstable.isGone())
                .mapToLong(sstable -> sstable.info().sizeBytes())
                .sum();
    }

    /** Paths of the files that the manifest names; any thread. */
    Set<String> neededFiles() {
        Manifest now = manifest;
        Set<String> needed = new HashSet<>();
        now.tables().values().stream()
                .flatMap(table -> table.sstables().stream())
                .forEach(info -> needed.add("sstables/" + info.fileName()));
        now.values().forEach(use -> needed.add(EngineParts.VALUES + "/" + use.fileName()));
        return needed;
    }

    /** Gives up what is under way; any thread. */
    void close() {
        closing = true;
        compactor.close();
        blocks.values().close();
        parts.loop().execute(retries::end);
    }

    /** Closes the files of what was written out and never counted; after all threads have ended. */
    void releaseFiles() {
        compactor.releaseFiles();
        prepared.ifPresent(it -> it.opened.forEach(SSTable::release));
        prepared = Optional.empty();
    }

    /** Whether nothing is written out or merged; any thread. */
    boolean isAtRest() {
        return underWay.get() == 0;
    }

    /** Sums for the status; any thread. */
    Totals totals() {
        return totals;
    }

    /** The large records of all tables. */
    ValueFiles values() {
        return blocks.values();
    }

    /** What the block cache did and holds; any thread. */
    BlockCache.Figures cacheFigures() {
        return blocks.cache().figures();
    }

    /** Keeps what an operator should know for the status; any thread. */
    void trouble(String sentence) {
        trouble = sentence;
    }

    /** The last trouble, empty when there was none; any thread. */
    String trouble() {
        String lack = flushes.lack();
        return lack.isEmpty() ? trouble : lack;
    }

    /** The closed log segments, each with the sequence up to which it must reach; any thread. */
    Map<Long, Long> neededSegments() {
        return segments.needed();
    }

    /** Bytes of closed log segments; any thread. */
    long logBytes() {
        return segments.bytes();
    }

    /** In this order: manifest, then what readers see, then the log. */
    private void install(FlushJob job, List<Optional<SSTable>> written) throws IOException {
        List<TableManifest> changed = new ArrayList<>();
        Map<Integer, Long> lastSequences = new TreeMap<>();
        long last = 0;
        for (int i = 0; i < written.size(); i++) {
            FlushJob.Unit unit = job.units().get(i);
            LsmTable table = unit.table();
            List<SSTableInfo> newest =
                    written.get(i).stream().map(SSTable::info).toList();
            changed.add(manifest.table(table.number(), table.name()).flushed(newest, unit.lastSequence()));
            lastSequences.put(table.number(), unit.lastSequence());
            last = Math.max(last, unit.lastSequence());
        }
        Manifest flushed = manifest.with(files.nextNumber(), last, job.segment(), changed);
        replaceManifest(flushed.with(files.nextNumber(), last, segments.greatestFlushed(flushed), List.of()));
        for (int i = 0; i < written.size(); i++) {
            FlushJob.Unit unit = job.units().get(i);
            written.get(i).ifPresent(sstable -> unit.table().change(now -> now.withFlushed(unit.memtable(), sstable)));
            long grown = written.get(i).map(it -> it.info().sizeBytes()).orElse(0L);
            unit.table().counts().flushed(unit.memtable().bytes(), grown);
            memory.add(-unit.memtable().bytes());
        }
        if (job.segment() > 0) {
            segments.add(job.segment(), lastSequences, job.segmentBytes());
        }
        segments.removeFlushed(manifest).ifPresent(this::trouble);
        count();
    }

    /** Whether so many bytes fit on the disk above the reserve; store and compaction threads. */
    boolean roomFor(long needed) {
        try {
            return parts.root().usableBytes() >= needed + parts.config().reserveBytes();
        } catch (IOException e) {
            fence.raise(e);
            return false;
        }
    }

    /** Something has begun that is not at rest; store thread. */
    void begun() {
        underWay.incrementAndGet();
    }

    /** It has ended; any thread. */
    void ended() {
        underWay.decrementAndGet();
    }

    /** The files of sorted tables, for merges. */
    SSTableFiles files() {
        return files;
    }

    /** Merges a table later, when there may be room; store thread. */
    void tryAgain(LsmTable table) {
        unmerged.add(table);
        retries.ask();
    }

    /** Removes shards of a merge that failed; what cannot be removed now the next start removes. Store thread. */
    void discard(List<SSTableInfo> shards) {
        for (SSTableInfo shard : shards) {
            try {
                files.opened(shard).releaseObsolete();
            } catch (IOException | UncheckedIOException e) {
                trouble("sorted table " + shard.fileName() + ", which nothing needs, was not removed: " + e);
            }
        }
    }

    /**
     * Puts shards in the place of what was merged, in this order: manifest, then what readers see; store thread.
     *
     * @return false when there was no room for it
     */
    boolean install(LsmTable table, List<SSTable> inputs, List<SSTableInfo> shards) {
        List<SSTable> merged = new ArrayList<>();
        try {
            for (SSTableInfo shard : shards) {
                merged.add(files.opened(shard));
            }
            directory.sync();
            Set<Long> numbers = new HashSet<>();
            inputs.forEach(input -> numbers.add(input.info().number()));
            TableManifest changed = manifest.table(table.number(), table.name()).compacted(numbers, shards);
            replaceManifest(manifest.with(files.nextNumber(), 0, 0, List.of(changed)));
            table.change(now -> now.withCompacted(inputs, merged));
            shards.forEach(it -> table.counts().compacted(it.sizeBytes()));
            releaseObsolete(inputs);
            count();
        } catch (ScarceException e) {
            SSTableFiles.discard(merged, e);
            return false;
        } catch (Throwable e) {
            fence.raise(e);
        }
        return true;
    }

    /** Files are deleted on a compaction thread: that takes long, and memtables wait for this one. */
    private void releaseObsolete(List<SSTable> sstables) {
        List<SSTable> held = new ArrayList<>(obsolete);
        held.removeIf(SSTable::isGone);
        held.addAll(sstables);
        obsolete = List.copyOf(held);
        begun();
        EngineThreads.runThereOrHere(parts.threads().compaction(), () -> {
            try {
                sstables.forEach(SSTable::releaseObsolete);
            } catch (Throwable e) {
                fence.raise(e);
            } finally {
                ended();
            }
        });
    }

    private void replaceManifest(Manifest next) throws IOException {
        Manifest whole = next.with(quarantine.state());
        whole.write(parts.root());
        manifest = whole;
    }

    /** Keeps what was found damaged and what was healed; false when it was not written. Store thread. */
    boolean keepQuarantine() {
        if (fence.isRaised() || closing) {
            return false;
        }
        try {
            replaceManifest(manifest);
            unkept = false;
            return true;
        } catch (ScarceException e) {
            unkept = true;
            retries.ask();
            return false;
        } catch (Throwable e) {
            fence.raise(e);
            return false;
        }
    }

    private void count() {
        long bytes = 0;
        int sstables = 0;
        for (TableManifest table : manifest.tables().values()) {
            bytes += table.sstables().stream().mapToLong(SSTableInfo::sizeBytes).sum();
            sstables += table.sstables().size();
        }
        totals = new Totals(bytes + blocks.values().sizeBytes(), sstables);
    }
}

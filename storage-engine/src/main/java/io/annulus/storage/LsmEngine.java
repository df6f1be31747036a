package io.annulus.storage;

import io.annulus.api.runtime.Cancellable;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.Integrity;
import io.annulus.api.storage.Job;
import io.annulus.api.storage.Snapshots;
import io.annulus.api.storage.StorageEngine;
import io.annulus.api.storage.StorageFigures;
import io.annulus.api.storage.StorageStatus;
import io.annulus.api.storage.StoreIdentity;
import io.annulus.api.storage.SystemStore;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import io.annulus.api.version.CorruptRecordException;
import io.annulus.api.version.RecordJoin;
import io.annulus.storage.cache.BlockCache;
import io.annulus.storage.identity.SyncMark;
import io.annulus.storage.job.Jobs;
import io.annulus.storage.manifest.Manifest;
import io.annulus.storage.memtable.Memtable;
import io.annulus.storage.sstable.SSTable;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A log-structured merge engine (O'Neil et al., "The Log-Structured Merge-Tree", 1996): one commit log, a memtable and sorted
 * tables for each table. Tables are used on the loop; {@link #status} on any thread.
 *
 * <p>Life: {@link #open}, then calls, then in this order {@link #refuseWrites}, {@link #finishLog} on the log thread, the end
 * of all threads, {@link #releaseFiles}.
 */
public final class LsmEngine implements StorageEngine {

    /** The log is begun with the first write, or after this: not while the first readers wait for the processor. */
    private static final long BEGIN_NANOS = 200_000_000;

    /** Above so many writes or reads that wait merges slow down: some batches, and what few threads read in a millisecond. */
    private static final int PRESSING_WRITES = 1024;

    private static final int PRESSING_READS = 256;

    private final EngineParts parts;
    private final StoreIdentity identity;
    private final Fence fence;
    private final MemoryUse memory = new MemoryUse();
    private final Jobs jobs;
    private final Quarantine quarantine;
    private final TableStore store;
    private final LogTail logTail;
    private final CommitPipeline pipeline;
    private final DurableSystemStore system;
    private final EngineSnapshots snapshots;
    private final Reads reads;
    private final Verifier verifier;
    private final EngineIntegrity integrity;
    private final EngineFigures figures;
    private final Map<Integer, List<SSTable>> unopened;
    private final Map<Integer, Recovered.TableTail> tails = new TreeMap<>();

    // Owned by the loop.
    private final Map<String, LsmTable> tables = new ConcurrentHashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private int nextNumber = 1;
    private Cancellable aging = () -> {};

    private Cancellable beginning = () -> {};

    /** Set by the thread that closes the engine, read by all. */
    private volatile boolean closed;

    /** Opens the sorted tables of a manifest for reading, and changes nothing. */
    private LsmEngine(EngineParts parts, StoreIdentity identity, long logId, Manifest manifest) throws IOException {
        this.parts = parts;
        this.identity = identity;
        this.fence = new Fence(parts.events(), parts.root());
        this.jobs = new Jobs(parts.loop());
        this.quarantine = new Quarantine(parts, manifest.quarantine());
        manifest.tables().forEach((number, table) -> quarantine.named(number, table.name()));
        CompactionPacing pacing = new CompactionPacing(
                parts.loop(), parts.config().compaction().bytesPerSecond(), this::isForegroundPressed);
        this.store = new TableStore(parts, fence, memory, jobs, quarantine, manifest, pacing);
        this.logTail = new LogTail(parts, memory, logId, store.values());
        this.pipeline = new CommitPipeline(
                parts,
                fence,
                memory,
                logTail,
                job -> parts.threads().store().execute(() -> store.prepare(job)),
                job -> parts.threads().store().execute(() -> store.flush(job)));
        this.system = new DurableSystemStore(parts, fence, Recovery.systemValues(parts.root()));
        this.snapshots = new EngineSnapshots(parts, fence, pipeline, store, jobs);
        this.reads = new Reads(parts, store::trouble);
        this.figures = new EngineFigures(parts, store, pipeline, snapshots, memory, reads.counts());
        this.unopened = new ConcurrentHashMap<>(store.openAll());
        VerifiedParts content = new VerifiedParts(
                parts, logId, this::sources, store::neededSegments, this::joins, this::flush, store::trouble);
        this.verifier = new Verifier(parts, jobs, system, content);
        this.integrity = new EngineIntegrity(parts, fence, quarantine, store, tables, verifier);
    }

    /** Opens an engine on a directory that was read; blocks while it makes durable what it will serve. */
    public static LsmEngine open(EngineParts parts, StoreIdentity identity, Recovered recovered) throws IOException {
        LsmEngine engine = prepare(parts, identity, recovered.logId(), recovered.manifest());
        Recovery.rewrite(parts.root(), parts.log(), parts.codec());
        engine.begin(recovered);
        return engine;
    }

    /** An engine that changes nothing before {@link #begin}; to be released, if it does not come to that. */
    static LsmEngine prepare(EngineParts parts, StoreIdentity identity, long logId, Manifest manifest)
            throws IOException {
        return new LsmEngine(parts, identity, logId, manifest);
    }

    /** Goes on where former lives ended, whose log is durable; blocks. */
    void begin(Recovered recovered) throws IOException {
        parts.sstables().make();
        parts.values().make();
        parts.system().make();
        parts.system().sync();
        SyncMark.set(parts.root());
        parts.root().sync();
        recovered.tables().forEach((number, tail) -> {
            quarantine.named(number, tail.name());
            numbers.put(tail.name(), number);
            nextNumber = Math.max(nextNumber, number + 1);
        });
        tails.putAll(recovered.tables());
        logTail.goOnAfter(recovered);
        store.tidy(recovered);
        snapshots.tidy();
        parts.loop().execute(this::scheduleTasks);
    }

    @Override
    public StoreIdentity identity() {
        return identity;
    }

    @Override
    public Table openTable(TableSpec spec) {
        LsmTable table = tables.get(spec.name());
        if (table == null) {
            LsmTable opened = newTable(spec);
            table = opened;
            quarantine.named(opened.number(), spec.name());
            EngineThreads.runUnlessEnded(parts.threads().store(), new Recheck(opened, quarantine));
            tables.put(spec.name(), table);
            // In this order, for those who look for all sorted tables.
            unopened.remove(opened.number());
        } else if (!spec.options().equals(table.options())) {
            LsmTable kept = table;
            kept.keep(spec.options());
            EngineThreads.runUnlessEnded(parts.threads().store(), () -> store.compact(kept));
        }
        return table;
    }

    @Override
    public SystemStore system() {
        return system;
    }

    @Override
    public StorageStatus status() {
        TableStore.Totals totals = store.totals();
        Optional<? extends RuntimeException> fenced = fence.refusal();
        StorageStatus.State state = fenced.isPresent() ? StorageStatus.State.FENCED : StorageStatus.State.OPEN;
        String cause = fenced.isPresent() ? fenced.get().getMessage() : trouble();
        long bytes = totals.bytes() + store.logBytes() + pipeline.segmentBytes();
        return new StorageStatus(
                closed ? StorageStatus.State.CLOSED : state, cause, bytes, memory.bytes(), totals.sstables());
    }

    @Override
    public StorageFigures figures() {
        return figures.of(tables);
    }

    @Override
    public Snapshots snapshots() {
        return snapshots;
    }

    @Override
    public List<Job> jobs() {
        return jobs.all();
    }

    @Override
    public Integrity integrity() {
        return integrity;
    }

    /**
     * Reads a table that is open on the threads of callers; any thread.
     *
     * @throws IllegalArgumentException when no table of the name is open
     */
    public TableReader reader(String name) {
        LsmTable table = tables.get(name);
        if (table == null) {
            throw new IllegalArgumentException("no table '" + name + "' is open");
        }
        return new TableReader(
                table,
                quarantine,
                reads.counts(),
                () -> closed,
                store::trouble,
                parts.threads().turns());
    }

    /** What the block cache did and holds; any thread. */
    public BlockCache.Figures cacheFigures() {
        return store.cacheFigures();
    }

    /** Begins to write all memtables out; any thread. */
    public void flush() {
        EngineThreads.runUnlessEnded(parts.threads().log(), pipeline::rotate);
    }

    /** Whether all that was written is in sorted tables, and none is being written or merged; any thread. */
    public boolean isSettled() {
        // In this order: a flush counts as under way before its memtables leave the memory.
        return memory.bytes() == 0 && store.isAtRest();
    }

    /** Whether the write path was closed by a failure; any thread. */
    public boolean isFenced() {
        return fence.isRaised();
    }

    /** Refuses writes, and lets merges give up; any thread. */
    public void refuseWrites() {
        closed = true;
        pipeline.refuse();
        store.close();
        verifier.close();
        parts.loop().execute(() -> {
            aging.cancel();
            beginning.cancel();
        });
    }

    /** Writes and syncs what waits, and ends the log; on the log thread, as its last task. */
    public void finishLog() {
        pipeline.finish();
    }

    /** Whether the log was ended in order, and holds every write that was ever taken; after {@link #finishLog}. */
    public boolean isLogEnded() {
        return pipeline.isEnded();
    }

    /** Changes how many bytes all merges together take in each second at most, 0 for no bound; any thread. */
    public void setCompactionBytesPerSecond(long rate) {
        store.compactor().setBytesPerSecond(rate);
    }

    /** Ranges of tokens in which nothing is purged for now; any thread. */
    public PurgePins purgePins() {
        return store.compactor().pins();
    }

    /** Closes the sorted tables; after all threads have ended. */
    public void releaseFiles() {
        store.releaseFiles();
        tables.values().forEach(table -> table.view().sstables().forEach(SSTable::release));
        unopened.values().forEach(list -> list.forEach(SSTable::release));
        unopened.clear();
        store.values().releaseSegments();
    }

    private Map<Long, VerifiedParts.Source> sources() {
        Map<Long, VerifiedParts.Source> sources = new TreeMap<>();
        // In this order: a table that is opened meanwhile is seen in one of the two.
        for (List<SSTable> sstables : unopened.values()) {
            sstables.forEach(it -> sources.put(it.info().number(), new VerifiedParts.Source(it, Optional.empty())));
        }
        for (LsmTable table : tables.values()) {
            Optional<RecordJoin> join = Optional.of(table.join());
            table.view().sstables().forEach(it -> sources.put(it.info().number(), new VerifiedParts.Source(it, join)));
        }
        return sources;
    }

    private Map<Integer, RecordJoin> joins() {
        Map<Integer, RecordJoin> joins = new TreeMap<>();
        tables.values().forEach(table -> joins.put(table.number(), table.join()));
        return joins;
    }

    private String trouble() {
        String known = pipeline.lack().isEmpty() ? store.trouble() : pipeline.lack();
        return known.isEmpty() ? DiskRoom.lack(parts).orElse("") : known;
    }

    /** Whether writes or reads wait longer than they should for what merges keep busy; loop. */
    /** Also while a memtable is written out, or as good as: what comes after that is held back by it. */
    private boolean isForegroundPressed() {
        return memory.bytes() > parts.config().memtableBytes()
                || pipeline.queuedWrites() > PRESSING_WRITES
                || reads.waiting() > PRESSING_READS;
    }

    private LsmTable newTable(TableSpec spec) {
        int number = numbers.computeIfAbsent(spec.name(), name -> nextNumber++);
        Recovered.TableTail tail = tails.remove(number);
        List<SSTable> opened = unopened.get(number);
        List<SSTable> sstables = opened == null ? List.of() : opened;
        if (tail == null || tail.records().count() == 0) {
            return new LsmTable(
                    number, spec, pipeline, reads, quarantine, new TableView(new Memtable(), List.of(), sstables));
        }
        ReplayedTable records = tail.records();
        Memtable replayed = joined(spec, records);
        TableView view = new TableView(new Memtable(), List.of(replayed), sstables);
        LsmTable table = new LsmTable(number, spec, pipeline, reads, quarantine, view);
        FlushJob.Unit unit = new FlushJob.Unit(table, replayed, records.firstSequence(), records.lastSequence());
        memory.add(replayed.bytes());
        table.counts().replayed(replayed.bytes());
        FlushJob job = new FlushJob(List.of(unit), 0, 0);
        EngineThreads.runUnlessEnded(parts.threads().store(), () -> store.flush(job));
        return table;
    }

    private static Memtable joined(TableSpec spec, ReplayedTable records) {
        try {
            return records.joined(spec.join());
        } catch (CorruptRecordException e) {
            throw new CorruptDataException(
                    "records of table " + spec.name() + " in the commit log, sequences " + records.firstSequence()
                            + " to " + records.lastSequence() + ", cannot be joined: " + e.getMessage(),
                    e);
        }
    }

    private void scheduleTasks() {
        if (!closed) {
            beginning = parts.loop()
                    .schedule(
                            BEGIN_NANOS,
                            () -> EngineThreads.runUnlessEnded(parts.threads().log(), pipeline::begin));
        }
        scheduleAging();
    }

    private void scheduleAging() {
        if (!closed) {
            aging = parts.loop().schedule(parts.config().flushAgeNanos(), () -> {
                EngineThreads.runUnlessEnded(parts.threads().log(), pipeline::age);
                scheduleAging();
            });
        }
    }
}

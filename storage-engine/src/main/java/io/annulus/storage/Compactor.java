package io.annulus.storage;

import io.annulus.storage.compaction.Choice;
import io.annulus.storage.compaction.Compaction;
import io.annulus.storage.compaction.Outputs;
import io.annulus.storage.compaction.SortedFile;
import io.annulus.storage.compaction.UnifiedStrategy;
import io.annulus.storage.file.ScarceException;
import io.annulus.storage.job.Jobs;
import io.annulus.storage.job.RunningJob;
import io.annulus.storage.sstable.SSTable;
import io.annulus.storage.sstable.SSTableLayout;
import io.annulus.storage.value.ValueGarbage;
import io.annulus.storage.value.ValueUse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Chooses merges and runs them, several at a time, each on other tables. Owned by the store thread; the steps of a merge run on the
 * compaction threads, and wait in between on the loop.
 */
final class Compactor {

    private final EngineParts parts;
    private final Fence fence;
    private final TableStore store;
    private final Jobs jobs;
    private final CompactionPacing pacing;
    private final PurgePins pins = new PurgePins();

    /** Tables for which a merge may be due. */
    private final Set<LsmTable> due = new LinkedHashSet<>();

    /** Tables that are not merged any more. */
    private final Set<LsmTable> stopped = new HashSet<>();

    private final Set<SSTable> busy = new HashSet<>();

    /** By table: what its merges would leave out. */
    private final Map<LsmTable, ReclaimSamples> samples = new HashMap<>();

    /** Added to by the store thread, emptied by it and by who closes the engine after it. */
    private final Set<Merge> running = ConcurrentHashMap.newKeySet();

    /** Set by the thread that closes the engine, read by the store and compaction threads. */
    private volatile boolean closing;

    /** A merge under way. */
    private record Merge(LsmTable table, Compaction compaction, boolean isUrgent, RunningJob progress) {}

    Compactor(EngineParts parts, Fence fence, TableStore store, Jobs jobs, CompactionPacing pacing) {
        this.parts = parts;
        this.fence = fence;
        this.store = store;
        this.jobs = jobs;
        this.pacing = pacing;
    }

    /** Begins what has become due in a table, as far as there are threads for it; store thread. */
    void compact(LsmTable table) {
        due.add(table);
        beginDue();
    }

    /** Gives up what is under way; any thread. */
    void close() {
        closing = true;
    }

    /** Closes the files of what was given up; after all threads have ended. */
    void releaseFiles() {
        running.forEach(merge -> {
            closeFiles(merge.compaction());
            merge.progress().cancelled();
        });
        running.clear();
    }

    /** Ranges in which nothing may be purged; any thread. */
    PurgePins pins() {
        return pins;
    }

    /** Changes how many bytes merges may take in each second; any thread. */
    void setBytesPerSecond(long rate) {
        pacing.setBytesPerSecond(rate);
    }

    private void beginDue() {
        for (LsmTable table : List.copyOf(due)) {
            while (running.size() < parts.config().compaction().threads()) {
                Optional<Merge> merge =
                        fence.isRaised() || closing || stopped.contains(table) ? Optional.empty() : next(table);
                if (merge.isEmpty()) {
                    due.remove(table);
                    break;
                }
                begin(merge.get());
            }
        }
    }

    private Optional<Merge> next(LsmTable table) {
        List<SSTable> sstables = table.view().sstables();
        UnifiedStrategy strategy = new UnifiedStrategy(
                table.options().tuning(),
                parts.config().flushBytes(),
                parts.config().compaction().shardBytes());
        List<SortedFile> files = new ArrayList<>(sstables.size());
        for (SSTable sstable : sstables) {
            boolean isFree = sstable.damage().isEmpty() && !busy.contains(sstable);
            files.add(new SortedFile(
                    sstable.info().first(),
                    sstable.info().last(),
                    sstable.info().sizeBytes(),
                    isFree));
        }
        Set<Long> garbage = store.garbage();
        ReclaimSamples sampled = samples.computeIfAbsent(table, key -> new ReclaimSamples(key, parts.wallMillis()));
        Optional<Choice> choice = strategy.choose(files, sampled.of(sstables)).or(() -> fullestOf(garbage, sstables));
        if (choice.isEmpty()) {
            return Optional.empty();
        }
        if (!store.roomFor(choice.get().bytes())) {
            store.tryAgain(table);
            return Optional.empty();
        }
        List<SSTable> inputs = choice.get().files().stream().map(sstables::get).toList();
        Outputs target = new Outputs(
                parts.sstables(),
                parts.codec(),
                table.number(),
                table.name(),
                SSTableLayout.of(table.options()),
                store.files()::takeNumber,
                spec -> store.files().values(spec, garbage));
        TablePurge purge = new TablePurge(table, inputs, pins, parts.wallMillis());
        Compaction compaction = new Compaction(
                inputs, target, table.join(), purge, parts.config().compaction().shardBytes());
        boolean isUrgent = choice.get().runs() > strategy.urgentRuns();
        RunningJob progress = jobs.begin("compaction of " + table.name(), compaction.inputEntries(), "entries");
        return Optional.of(new Merge(table, compaction, isUrgent, progress));
    }

    /** The table that points to most bytes in some value files, to be rewritten alone. */
    private Optional<Choice> fullestOf(Set<Long> garbage, List<SSTable> sstables) {
        List<List<ValueUse>> uses = sstables.stream()
                .map(it -> it.damage().isPresent() || busy.contains(it)
                        ? List.<ValueUse>of()
                        : it.info().values())
                .toList();
        OptionalInt fullest = ValueGarbage.fullest(garbage, uses);
        return fullest.isEmpty()
                ? Optional.empty()
                : Optional.of(new Choice(
                        List.of(fullest.getAsInt()),
                        sstables.get(fullest.getAsInt()).info().sizeBytes(),
                        1));
    }

    private void begin(Merge merge) {
        busy.addAll(merge.compaction().inputs());
        running.add(merge);
        store.begun();
        EngineThreads.runUnlessEnded(parts.threads().compaction(), () -> step(merge));
    }

    /** A step of a merge; compaction thread. What goes wrong stops the merging of this table, and harms nothing else. */
    private void step(Merge merge) {
        try {
            if (closing || fence.isRaised() || merge.progress().isCancelAsked() || !store.roomFor(0)) {
                merge.progress().cancelled();
                end(merge, () -> givenUp(merge));
                return;
            }
            long bytes = parts.config().compaction().stepBytes();
            long before = merge.compaction().taken();
            boolean isDone = merge.compaction().advance(bytes);
            merge.progress().advance(merge.compaction().taken() - before);
            if (isDone) {
                merge.progress().succeeded();
                end(merge, () -> installed(merge));
            } else {
                Runnable next =
                        () -> EngineThreads.runUnlessEnded(parts.threads().compaction(), () -> step(merge));
                parts.loop().execute(() -> pacing.after(bytes, merge.isUrgent(), next));
            }
        } catch (ScarceException e) {
            merge.progress().cancelled();
            end(merge, () -> givenUp(merge));
        } catch (Throwable e) {
            merge.progress().failed(e);
            end(merge, () -> failed(merge, e));
        }
    }

    /** Lets the store thread end a merge; what the end begins anew is counted before this one is over. */
    private void end(Merge merge, Runnable end) {
        closeFiles(merge.compaction());
        EngineThreads.runUnlessEnded(parts.threads().store(), () -> {
            try {
                running.remove(merge);
                end.run();
                merge.compaction().inputs().forEach(busy::remove);
                beginDue();
            } finally {
                store.ended();
            }
        });
    }

    private void installed(Merge merge) {
        if (!fence.isRaised() && !closing) {
            if (store.install(
                    merge.table(),
                    merge.compaction().inputs(),
                    merge.compaction().outputs())) {
                due.add(merge.table());
            } else {
                store.tryAgain(merge.table());
            }
        }
    }

    /** For lack of room, or since it was cancelled: tried again later. */
    private void givenUp(Merge merge) {
        if (!fence.isRaised() && !closing) {
            store.discard(merge.compaction().outputs());
            store.tryAgain(merge.table());
        }
    }

    private void failed(Merge merge, Throwable cause) {
        if (fence.isRaised() || closing) {
            return;
        }
        store.discard(merge.compaction().outputs());
        if (merge.compaction().inputs().stream()
                .anyMatch(input -> input.damage().isPresent())) {
            // The damaged table is left as it is from now on, and its neighbours are merged without it.
            store.trouble(cause.getMessage());
            due.add(merge.table());
            return;
        }
        stopped.add(merge.table());
        store.trouble("sorted tables of " + merge.table().name() + " are not merged any more: " + cause);
        parts.events().compactionStopped(merge.table().name(), cause);
    }

    /** A file that cannot even be closed is nothing to go on with. */
    private void closeFiles(Compaction compaction) {
        try {
            compaction.close();
        } catch (IOException e) {
            fence.raise(e);
        }
    }
}

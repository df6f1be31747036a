package io.annulus.storage;

import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Snapshot;
import io.annulus.api.storage.Snapshots;
import io.annulus.api.storage.StorageFullException;
import io.annulus.storage.job.Jobs;
import io.annulus.storage.job.RunningJob;
import io.annulus.storage.snapshot.SnapshotFolders;
import io.annulus.storage.snapshot.SnapshotList;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Takes snapshots: on the log thread all memtables are frozen, and on the store thread, after they were written out, the
 * files are linked. So no file can go meanwhile, and nothing else has to stand still. Owned by the loop.
 */
final class EngineSnapshots implements Snapshots {

    private final EngineParts parts;
    private final Fence fence;
    private final CommitPipeline pipeline;
    private final TableStore store;
    private final Jobs jobs;
    private final SnapshotFolders folders;
    private final Set<String> busy = new HashSet<>();

    EngineSnapshots(EngineParts parts, Fence fence, CommitPipeline pipeline, TableStore store, Jobs jobs) {
        this.parts = parts;
        this.fence = fence;
        this.pipeline = pipeline;
        this.store = store;
        this.jobs = jobs;
        this.folders = new SnapshotFolders(parts.root());
    }

    /** Removes what former lives left unfinished, and reads what is there; before the store thread works. */
    void tidy() throws IOException {
        folders.tidy().forEach(store::trouble);
    }

    @Override
    public List<Snapshot> list() {
        Set<String> needed = store.neededFiles();
        return folders.lists().values().stream()
                .map(list -> snapshot(list, needed))
                .toList();
    }

    @Override
    public void create(String name, Completion<Snapshot> completion) {
        if (!name.matches("[A-Za-z0-9_-]{1,63}")) {
            throw new IllegalArgumentException(
                    "snapshot name '" + name + "' is not 1 to 63 letters, digits, '-' or '_'");
        }
        if (folders.lists().containsKey(name) || !busy.add(name)) {
            throw new IllegalArgumentException(
                    "there is a snapshot '" + name + "' already; delete it, or take another name");
        }
        RunningJob job = jobs.begin("snapshot " + name, 0, "files");
        Completion<Snapshot> end = ending(name, completion);
        hand(parts.threads().log(), end, () -> {
            if (!pipeline.rotate()) {
                fail(job, end, notFrozen());
                return;
            }
            hand(parts.threads().store(), end, () -> take(name, job, end));
        });
    }

    @Override
    public void delete(String name, Completion<String> completion) {
        if (!folders.lists().containsKey(name) || !busy.add(name)) {
            throw new IllegalArgumentException("there is no snapshot '" + name + "'; there are "
                    + folders.lists().keySet());
        }
        Completion<String> end = ending(name, completion);
        hand(parts.threads().store(), end, () -> {
            try {
                folders.delete(name);
                end.onResult(name);
            } catch (IOException e) {
                end.onFailure(new IOException("snapshot '" + name + "' was not deleted: " + e.getMessage(), e));
            }
        });
    }

    /** Bytes that only snapshots hold; any thread. */
    long heldBytes() {
        // Those of the store count already; each of the others once.
        Set<String> counted = new HashSet<>(store.neededFiles());
        return folders.lists().values().stream()
                .flatMap(list -> list.files().entrySet().stream())
                .filter(file -> counted.add(file.getKey()))
                .mapToLong(file -> file.getValue())
                .sum();
    }

    private void take(String name, RunningJob job, Completion<Snapshot> end) {
        Optional<? extends RuntimeException> refusal = refusal();
        if (refusal.isPresent()) {
            fail(job, end, refusal.get());
            return;
        }
        try {
            SnapshotList list = folders.create(name, store.snapshotSource(), job);
            job.succeeded();
            end.onResult(snapshot(list, store.neededFiles()));
        } catch (CancellationException e) {
            job.cancelled();
            end.onFailure(e);
        } catch (IOException | RuntimeException e) {
            job.failed(e);
            end.onFailure(new IOException("snapshot '" + name + "' was not taken: " + e.getMessage(), e));
        }
    }

    private RuntimeException notFrozen() {
        Optional<? extends RuntimeException> fenced = fence.refusal();
        return fenced.isPresent()
                ? fenced.get()
                : new StorageFullException(
                        "memtables cannot be written out for want of room or file descriptors, or the"
                                + " storage is being closed; try again later");
    }

    private static void fail(RunningJob job, Completion<?> end, RuntimeException cause) {
        job.failed(cause);
        end.onFailure(cause);
    }

    private Optional<? extends RuntimeException> refusal() {
        if (fence.isRaised()) {
            return fence.refusal();
        }
        return pipeline.isClosed() ? Optional.of(closed(null)) : store.snapshotRefusal();
    }

    private static Snapshot snapshot(SnapshotList list, Set<String> needed) {
        long held = list.files().entrySet().stream()
                .filter(file -> !needed.contains(file.getKey()))
                .mapToLong(file -> file.getValue())
                .sum();
        return new Snapshot(list.name(), list.files().size(), list.bytes(), held);
    }

    /** Ends a call, on the loop. */
    private <T> Completion<T> ending(String name, Completion<T> completion) {
        return Completion.of(
                result -> parts.loop().execute(() -> {
                    busy.remove(name);
                    completion.onResult(result);
                }),
                failure -> parts.loop().execute(() -> {
                    busy.remove(name);
                    completion.onFailure(failure);
                }));
    }

    private static void hand(Executor thread, Completion<?> end, Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            end.onFailure(closed(e));
        }
    }

    private static StorageFullException closed(Throwable cause) {
        return new StorageFullException("storage is closed", cause);
    }
}

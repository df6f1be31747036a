package io.annulus.shell.command;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.Completion;
import io.annulus.api.runtime.EventLoop;
import io.annulus.api.runtime.Pollable;
import io.annulus.api.storage.Integrity;
import io.annulus.api.storage.Job;
import io.annulus.api.storage.QuarantinedRange;
import io.annulus.api.storage.Snapshot;
import io.annulus.api.storage.Snapshots;
import io.annulus.api.storage.StorageEngine;
import io.annulus.api.storage.StorageFigures;
import io.annulus.api.storage.StorageStatus;
import io.annulus.api.storage.StoreIdentity;
import io.annulus.api.storage.SystemStore;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableFigures;
import io.annulus.api.storage.TableSpec;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A store of one table, a running and an ended job, and a damaged range; its loop runs tasks at once. */
final class FakeStorage implements StorageEngine, Snapshots, EventLoop {

    final List<Snapshot> taken = new ArrayList<>();
    boolean takesTasks = true;
    boolean fails;

    EventLoop loop() {
        return this;
    }

    @Override
    public StorageStatus status() {
        return new StorageStatus(StorageStatus.State.OPEN, "the disk is nearly full", 2048, 10, 3);
    }

    @Override
    public StorageFigures figures() {
        TableFigures users = new TableFigures("users", 3, 100, 4096, 2048, 512, 256, 1000, 3000, 2000);
        return new StorageFigures(
                List.of(users),
                new StorageFigures.Disk(4096, 1024, 2048, 512, 1 << 20),
                new StorageFigures.Memory(512, 8192, 256),
                new StorageFigures.Reads(10, 20, 15, 5, 10, 5),
                1500);
    }

    @Override
    public List<Job> jobs() {
        return List.of(
                new FakeJob(1, "flush", Job.State.FAILED, Optional.of(new IOException("no room"))),
                new FakeJob(2, "compaction of users", Job.State.RUNNING, Optional.empty()));
    }

    @Override
    public Integrity integrity() {
        QuarantinedRange range =
                new QuarantinedRange("users", new Token(0, 1), new Token(0, 2), "000007.sst", "a bit is flipped");
        return (Integrity) Proxy.newProxyInstance(
                Integrity.class.getClassLoader(), new Class<?>[] {Integrity.class}, (self, method, arguments) -> {
                    if (method.getName().equals("quarantined")) {
                        return List.of(range);
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    @Override
    public Snapshots snapshots() {
        return this;
    }

    @Override
    public List<Snapshot> list() {
        return List.copyOf(taken);
    }

    @Override
    public void create(String name, Completion<Snapshot> completion) {
        if (taken.stream().anyMatch(snapshot -> snapshot.name().equals(name))) {
            throw new IllegalArgumentException("there is a snapshot '" + name + "' already");
        }
        if (fails) {
            completion.onFailure(new IOException("the disk has no room"));
            return;
        }
        Snapshot snapshot = new Snapshot(name, 4, 2048, 0);
        taken.add(snapshot);
        completion.onResult(snapshot);
    }

    @Override
    public void delete(String name, Completion<String> completion) {
        if (!taken.removeIf(snapshot -> snapshot.name().equals(name))) {
            throw new IllegalArgumentException("there is no snapshot '" + name + "'");
        }
        completion.onResult(name);
    }

    @Override
    public StoreIdentity identity() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Table openTable(TableSpec spec) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SystemStore system() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean tryExecute(Runnable task) {
        if (takesTasks) {
            task.run();
        }
        return takesTasks;
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public Cancellable schedule(long delayNanos, Runnable task) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Cancellable addPollable(Pollable pollable) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean onLoop() {
        return true;
    }

    private record FakeJob(long number, String name, Job.State state, Optional<Throwable> cause) implements Job {

        @Override
        public long done() {
            return 30;
        }

        @Override
        public long total() {
            return 70;
        }

        @Override
        public String unit() {
            return "entries";
        }

        @Override
        public void cancel() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void onEnd(Completion<Job> completion) {
            throw new UnsupportedOperationException();
        }
    }
}

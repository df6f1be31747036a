package io.annulus.simulator;

import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Integrity;
import io.annulus.api.storage.Job;
import io.annulus.api.storage.Snapshots;
import io.annulus.api.storage.StorageEngine;
import io.annulus.api.storage.StorageFencedException;
import io.annulus.api.storage.StorageFigures;
import io.annulus.api.storage.StorageFullException;
import io.annulus.api.storage.StorageStatus;
import io.annulus.api.storage.StoreIdentity;
import io.annulus.api.storage.SystemStore;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The storage engine of one life of a node, in memory: one log with group commit, and the tables. What waits for a sync is
 * neither visible nor acknowledged; a sync takes random time, and what arrives meanwhile waits for the next one. All calls
 * on the loop of the node.
 */
public final class SimulatedStorage implements StorageEngine {

    private final SimulatedWorld world;
    private final SimulatedLoop loop;
    private final SimulatedDisk disk;
    private final StoreIdentity identity;
    private final SimulatedSystemStore system;
    private final SimulatedIntegrity integrity;
    private final Map<String, SimulatedTable> tables = new TreeMap<>();
    private final List<LogEntry> waiting = new ArrayList<>();
    private int syncing;
    private StorageStatus.State state = StorageStatus.State.OPEN;
    private String cause = "";

    SimulatedStorage(SimulatedWorld world, SimulatedLoop loop, SimulatedDisk disk, StoreIdentity identity) {
        this.world = world;
        this.loop = loop;
        this.disk = disk;
        this.identity = identity;
        this.system = new SimulatedSystemStore(this, disk);
        this.integrity = new SimulatedIntegrity(disk, loop, tables);
    }

    @Override
    public StoreIdentity identity() {
        return identity;
    }

    @Override
    public Table openTable(TableSpec spec) {
        return tables.computeIfAbsent(spec.name(), name -> new SimulatedTable(this, disk, spec));
    }

    @Override
    public SystemStore system() {
        return system;
    }

    @Override
    public Integrity integrity() {
        return integrity;
    }

    @Override
    public StorageStatus status() {
        return new StorageStatus(state, cause, 0, waiting.size(), 0);
    }

    @Override
    public StorageFigures figures() {
        return new StorageFigures(
                List.of(),
                new StorageFigures.Disk(0, 0, 0, 0, 0),
                new StorageFigures.Memory(0, 0, 0),
                new StorageFigures.Reads(0, 0, 0, 0, 0, 0),
                0);
    }

    @Override
    public Snapshots snapshots() {
        throw new UnsupportedOperationException("the model of a store has no files to take a snapshot of");
    }

    @Override
    public List<Job> jobs() {
        return List.of();
    }

    /** Appends to the log; the entry is done when it is synced. */
    <T> void append(Consumer<SimulatedDisk> effect, T result, Completion<T> completion) {
        loop.requireOnLoop("an append to storage");
        if (state != StorageStatus.State.OPEN) {
            completion.onFailure(new StorageFencedException(
                    "storage of " + loop.node() + " is " + state + ": " + cause + "; restart the node"));
            return;
        }
        if (disk.isFull() || waiting.size() >= disk.maxWaiting()) {
            completion.onFailure(new StorageFullException("disk of " + loop.node() + " is full; free some space"));
            return;
        }
        waiting.add(new LogEntry(effect, () -> completion.onResult(result), completion::onFailure));
        startSync();
    }

    /** Completes a read after a random time with what holds by then. */
    void read(Runnable read) {
        loop.requireOnLoop("a read of storage");
        long delay = disk.readNanos();
        if (delay == 0) {
            read.run();
        } else {
            world.queue().add(delay, Event.Place.LOOP, loop, "read", read);
        }
    }

    void crash() {
        state = StorageStatus.State.CLOSED;
        disk.keepSome(waiting);
        waiting.clear();
    }

    void close() {
        boolean clean = state == StorageStatus.State.OPEN;
        state = StorageStatus.State.CLOSED;
        if (clean) {
            disk.closeCleanly(waiting);
        } else {
            disk.keepSome(waiting);
        }
        waiting.clear();
    }

    private void startSync() {
        if (syncing == 0 && !waiting.isEmpty()) {
            syncing = waiting.size();
            world.queue().add(disk.syncNanos(), Event.Place.NODE, loop, "sync", this::endSync);
        }
    }

    private void endSync() {
        if (disk.failsSync()) {
            fence("a sync of the log failed");
            return;
        }
        List<LogEntry> batch = List.copyOf(waiting.subList(0, syncing));
        waiting.subList(0, syncing).clear();
        syncing = 0;
        batch.forEach(disk::apply);
        world.trace("synced", loop.node(), batch.size());
        batch.forEach(entry -> complete("durable", entry.done()));
        startSync();
    }

    private void fence(String why) {
        state = StorageStatus.State.FENCED;
        cause = why;
        world.trace("fenced", loop.node(), waiting.size());
        StorageFencedException failure =
                new StorageFencedException("storage of " + loop.node() + ": " + why + "; restart the node");
        waiting.forEach(entry -> complete("fenced", () -> entry.failed().accept(failure)));
    }

    private void complete(String kind, Runnable completion) {
        world.queue().add(0, Event.Place.LOOP, loop, kind, completion);
    }
}

package io.annulus.storage.disk;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.Completion;
import io.annulus.api.runtime.EventLoop;
import io.annulus.api.runtime.Pollable;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.StorageEngine;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import io.annulus.storage.EngineConfig;
import io.annulus.storage.testkit.SetRecords;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A loop on a thread of its own, and calls on it that wait for their end. */
public final class DiskFixture implements EventLoop, AutoCloseable {

    static final NodeId NODE = new NodeId("n1");

    private static final long SECONDS = 60;

    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread loop = new Thread(task, "test-loop");
        loop.setDaemon(true);
        return loop;
    });

    public DiskFixture() {
        openJvm();
    }

    /** Small memtables, so that they are written out often. */
    public static DiskStorageConfig config(Path directory) {
        QueueLimits queues = new QueueLimits(8 << 20, 10_000, 1000);
        return new DiskStorageConfig(
                directory,
                1 << 20,
                600,
                queues,
                2,
                1 << 20,
                0,
                EngineConfig.SEPARATE_BYTES,
                DiskStorageConfig.COMPACTION);
    }

    DiskStorage open(Path directory) {
        return DiskStorage.open(config(directory), NODE, this);
    }

    DiskStorage open(Path directory, Syncer syncer) {
        return DiskStorage.open(config(directory), NODE, this, syncer);
    }

    Table table(StorageEngine storage) {
        return on(done -> done.complete(storage.openTable(new TableSpec("data", new SetRecords()))));
    }

    CompletableFuture<Durability> append(Table table, int i) {
        return append(table, i, SetRecords.of(i));
    }

    CompletableFuture<Durability> append(Table table, int i, byte[] record) {
        CompletableFuture<Durability> end = new CompletableFuture<>();
        execute(() -> table.append(
                Token.of(key(i)), key(i), record, Completion.of(end::complete, end::completeExceptionally)));
        return end;
    }

    Optional<byte[]> read(Table table, int i) {
        return on(done ->
                table.read(Token.of(key(i)), key(i), Completion.of(done::complete, done::completeExceptionally)));
    }

    <T> T on(Consumer<CompletableFuture<T>> task) {
        CompletableFuture<T> end = new CompletableFuture<>();
        execute(() -> {
            try {
                task.accept(end);
            } catch (RuntimeException e) {
                end.completeExceptionally(e);
            }
        });
        return await(end);
    }

    static <T> T await(CompletableFuture<T> end) {
        return end.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    static byte[] key(int i) {
        return ("key-" + i).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean tryExecute(Runnable task) {
        thread.execute(task);
        return true;
    }

    @Override
    public void execute(Runnable task) {
        thread.execute(task);
    }

    @Override
    public Cancellable schedule(long delayNanos, Runnable task) {
        return () -> {};
    }

    @Override
    public Cancellable addPollable(Pollable pollable) {
        throw new UnsupportedOperationException("storage polls nothing");
    }

    @Override
    public boolean onLoop() {
        return Thread.currentThread().getName().equals("test-loop");
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** What the runtime does on a node: through java.lang, which is open, opens what Chronicle reaches into. */
    public static void openJvm() {
        try {
            Method open = Module.class.getDeclaredMethod("implAddOpensToAllUnnamed", String.class);
            open.setAccessible(true);
            for (String name : new String[] {"java.lang.reflect", "sun.nio.ch", "jdk.internal.ref"}) {
                open.invoke(Object.class.getModule(), name);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("java.lang is not open: run with --add-opens", e);
        }
    }
}

package io.annulus.benchmarks.storage;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.StorageFullException;
import io.annulus.api.storage.StorageStatus;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableOptions;
import io.annulus.api.storage.TableSpec;
import io.annulus.runtime.PackageOpener;
import io.annulus.runtime.system.RunningJvm;
import io.annulus.storage.TableReader;
import io.annulus.storage.disk.DiskStorage;
import io.annulus.storage.disk.DiskStorageConfig;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The storage engine with one table as a map whose calls block; values are last-write-wins records. Any thread.
 */
public final class BlockingStore implements AutoCloseable {

    private static final NodeId NODE = new NodeId("bench");

    /** How soon a write that the engine refused for want of room is tried again. */
    private static final long RETRY_NANOS = 500_000;

    /** After so long without room, or without coming to rest, the store is taken for stuck. */
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(120);

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final CallersLoop loop = new CallersLoop();
    private final DiskStorage storage;
    private final Table table;
    private final TableReader reader;

    /** Greater than any of a former life, as long as that wrote fewer than 2^20 records a millisecond. */
    private final AtomicLong numbers = new AtomicLong(System.currentTimeMillis() << 20);

    private BlockingStore(DiskStorageConfig config, TableOptions options) {
        new PackageOpener(new RunningJvm()).open();
        storage = DiskStorage.open(config, NODE, loop);
        TableSpec spec = new TableSpec("bench", new StampedValues(), options);
        table = call(call -> call.onResult(storage.openTable(spec)));
        reader = storage.reader(table.name());
    }

    /**
     * Opens a directory, and replays its log.
     *
     * @param memtableBytes bytes of records in memory at which they are written out
     * @param blockCacheBytes bytes of unpacked blocks that are kept in memory
     * @param options how the table is kept
     */
    public static BlockingStore open(Path directory, long memtableBytes, long blockCacheBytes, TableOptions options) {
        DiskStorageConfig defaults = DiskStorageConfig.in(directory.toAbsolutePath());
        DiskStorageConfig config = new DiskStorageConfig(
                defaults.directory(),
                memtableBytes,
                defaults.flushSeconds(),
                defaults.queues(),
                defaults.readThreads(),
                blockCacheBytes,
                defaults.reserveBytes(),
                defaults.separateBytes(),
                defaults.compaction());
        return new BlockingStore(config, options);
    }

    /** Writes a value, and waits until the engine has acknowledged it. */
    public void put(byte[] key, byte[] value) {
        append(key, StampedValues.put(numbers.incrementAndGet(), value));
    }

    /** The value of a key; empty when there is none. */
    public Optional<byte[]> get(byte[] key) {
        return reader.read(Token.of(key), key, StampedValues::value).flatMap(Function.identity());
    }

    /** Deletes a key, and waits until the engine has acknowledged it. */
    public void delete(byte[] key) {
        append(key, StampedValues.deletion(numbers.incrementAndGet()));
    }

    /** Writes all that is acknowledged to sorted tables, and waits for it. */
    public void flush() {
        storage.flush();
        awaitThat("memtables are not written out", () -> storage.status().memtableBytes() == 0);
    }

    /** Flushes, and waits until nothing is written out or merged any more. */
    public void settle() {
        flush();
        awaitThat("merges do not end", storage::isSettled);
    }

    @Override
    public void close() {
        storage.close();
        loop.close();
    }

    private void append(byte[] key, byte[] record) {
        // The engine keeps the array that it is given.
        byte[] own = key.clone();
        Token token = Token.of(own);
        long begun = System.nanoTime();
        while (true) {
            try {
                Call<Durability> call = new Call<>();
                run(call, append -> table.append(token, own, record, append));
                call.await();
                return;
            } catch (StorageFullException e) {
                if (System.nanoTime() - begun > LIMIT_NANOS) {
                    throw e;
                }
                LockSupport.parkNanos(this, RETRY_NANOS);
            }
        }
    }

    private <T> T call(Consumer<Completion<T>> work) {
        Call<T> call = new Call<>();
        run(call, work);
        return call.await();
    }

    private <T> void run(Call<T> call, Consumer<Completion<T>> work) {
        loop.execute(() -> {
            try {
                work.accept(call);
            } catch (RuntimeException e) {
                call.onFailure(e);
            }
        });
    }

    private void awaitThat(String otherwise, BooleanSupplier condition) {
        long begun = System.nanoTime();
        while (!condition.getAsBoolean()) {
            StorageStatus status = storage.status();
            if (status.state() != StorageStatus.State.OPEN || System.nanoTime() - begun > LIMIT_NANOS) {
                throw new IllegalStateException(otherwise + ": " + status);
            }
            LockSupport.parkNanos(this, LOOK_NANOS);
        }
    }
}

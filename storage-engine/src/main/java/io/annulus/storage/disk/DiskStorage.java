package io.annulus.storage.disk;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.runtime.EventLoop;
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
import io.annulus.storage.DataDirectory;
import io.annulus.storage.EngineParts;
import io.annulus.storage.LsmEngine;
import io.annulus.storage.StorageOpenException;
import io.annulus.storage.TableReader;
import io.annulus.storage.cache.BlockCache;
import io.annulus.storage.file.Directory;
import io.annulus.storage.log.CommitLog;
import io.annulus.storage.log.SegmentFolders;
import io.annulus.storage.sstable.BlockCodec;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jpountz.lz4.LZ4Factory;

/**
 * The storage of a node in a data directory. Used on the event loop, as {@link StorageEngine} says; opened and closed on any
 * thread that may block. The packages of the JVM that Chronicle reaches into must be open.
 */
public final class DiskStorage implements StorageEngine, AutoCloseable {

    private final DataDirectory directory;
    private final DirectoryLock lock;
    private final StorageThreads threads;
    private final LsmEngine engine;
    private final AtomicBoolean closed = new AtomicBoolean();

    private DiskStorage(DataDirectory directory, DirectoryLock lock, StorageThreads threads, LsmEngine engine) {
        this.directory = directory;
        this.lock = lock;
        this.threads = threads;
        this.engine = engine;
    }

    /**
     * Opens a data directory, and replays its log. Blocks.
     *
     * @param node the node that it belongs to
     * @param loop where its tables are used and completions run
     * @throws StorageOpenException when the directory is in use, of another node or of a newer format; nothing was changed
     * @throws io.annulus.api.storage.CorruptDataException when something in it is damaged; nothing was changed
     */
    public static DiskStorage open(DiskStorageConfig config, NodeId node, EventLoop loop) {
        return open(config, node, loop, Syncer.FDATASYNC);
    }

    static DiskStorage open(DiskStorageConfig config, NodeId node, EventLoop loop, Syncer syncer) {
        return OwnThread.call("kv-store-open", () -> openHere(config, node, loop, syncer));
    }

    private static DiskStorage openHere(DiskStorageConfig config, NodeId node, EventLoop loop, Syncer syncer) {
        try {
            config.requireFits(Runtime.getRuntime().maxMemory());
            ChronicleRuntime.requireOpen();
            NioDirectory.makeAll(config.directory(), syncer);
            DirectoryLock lock = DirectoryLock.take(config.directory());
            try {
                return openLocked(config, node, loop, syncer, lock);
            } catch (Throwable e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new StorageOpenException(Scarcity.explained(config.directory(), e), e);
        }
    }

    private static DiskStorage openLocked(
            DiskStorageConfig config, NodeId node, EventLoop loop, Syncer syncer, DirectoryLock lock)
            throws IOException {
        Directory root = new NioDirectory(config.directory(), syncer);
        CommitLog log = new SegmentFolders(root, new ChronicleSegments(syncer));
        LatePacking packing = new LatePacking();
        // From here on the log is read, by a thread of its own, while the rest is made ready.
        DataDirectory directory = DataDirectory.begin(
                root, log, packing, lock, node, () -> new SecureRandom().nextLong(), new AsideThread());
        StorageThreads threads =
                new StorageThreads(config.readThreads(), config.compaction().threads());
        try {
            BlockCodec codec = new BlockCodec(LZ4Factory.fastestInstance());
            packing.is(codec);
            LsmEngine engine = directory.open(new EngineParts(
                    root,
                    log,
                    codec,
                    loop,
                    threads.engineThreads(),
                    config.engine(),
                    new LoggedEvents(),
                    System::currentTimeMillis));
            LoggedEvents.opened(node, directory);
            return new DiskStorage(directory, lock, threads, engine);
        } catch (Throwable e) {
            packing.failed(e);
            directory.awaitEnd();
            threads.close(() -> {});
            throw e;
        }
    }

    @Override
    public StoreIdentity identity() {
        return engine.identity();
    }

    @Override
    public Table openTable(TableSpec spec) {
        return engine.openTable(spec);
    }

    @Override
    public SystemStore system() {
        return engine.system();
    }

    @Override
    public StorageStatus status() {
        return engine.status();
    }

    @Override
    public StorageFigures figures() {
        return engine.figures();
    }

    @Override
    public Snapshots snapshots() {
        return engine.snapshots();
    }

    @Override
    public List<Job> jobs() {
        return engine.jobs();
    }

    @Override
    public Integrity integrity() {
        return engine.integrity();
    }

    /**
     * Reads a table that is open, on the threads of callers that may block; any thread.
     *
     * @throws IllegalArgumentException when no table of the name is open
     */
    public TableReader reader(String name) {
        return engine.reader(name);
    }

    /** What the block cache did and holds; any thread. */
    public BlockCache.Figures cacheFigures() {
        return engine.cacheFigures();
    }

    /** Begins to write all memtables to sorted tables; any thread. */
    public void flush() {
        engine.flush();
    }

    /** Changes how many bytes all merges together take in each second at most, 0 for no bound; any thread. */
    public void setCompactionBytesPerSecond(long rate) {
        engine.setCompactionBytesPerSecond(rate);
    }

    /** Whether all that was written is in sorted tables, and none is being written or merged; any thread. */
    public boolean isSettled() {
        return engine.isSettled();
    }

    /** Syncs what waits, ends all threads and marks the directory as closed cleanly; blocks. Twice is as good as once. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        OwnThread.call("kv-store-close", () -> {
            closeHere();
            return closed;
        });
    }

    private void closeHere() {
        engine.refuseWrites();
        boolean ended = threads.close(engine::finishLog);
        if (!ended) {
            LoggedEvents.notEnded(directory);
            return;
        }
        try (lock) {
            directory.close(engine);
        } catch (IOException e) {
            LoggedEvents.notMarked(directory, e);
        }
    }
}

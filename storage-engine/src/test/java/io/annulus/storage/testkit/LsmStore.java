package io.annulus.storage.testkit;

import io.annulus.api.storage.StorageEngine;
import io.annulus.simulator.DiskSettings;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.simulator.SimulatedNode;
import io.annulus.simulator.SimulatedRandom;
import io.annulus.simulator.SimulatedStore;
import io.annulus.storage.CompactionConfig;
import io.annulus.storage.DataDirectory;
import io.annulus.storage.DirectoryHold;
import io.annulus.storage.EngineConfig;
import io.annulus.storage.EngineParts;
import io.annulus.storage.StorageOpenException;
import io.annulus.storage.file.Directory;
import io.annulus.storage.log.CommitLog;
import io.annulus.storage.sstable.BlockCodec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import net.jpountz.lz4.LZ4Factory;

/**
 * The storage engine of production on a simulated disk, opened and closed as production does. Memtables are small, so that
 * they are written out and merged within a run of a minute. Half of the crashes come in the midst of some change of the disk.
 */
public final class LsmStore implements SimulatedStore, DirectoryHold {

    private static final long MEMTABLE_BYTES = 256 << 10;
    private static final long FLUSH_AGE_NANOS = 5_000_000_000L;
    private static final long QUEUED_BYTES = 32 << 20;
    private static final int QUEUED_READS = 10_000;
    private static final long BLOCK_CACHE_BYTES = 64 << 10;
    private static final long SHARD_BYTES = 64 << 10;
    private static final long RESERVE_BYTES = 1 << 20;

    /** About as many changes as writing memtables out and merging takes. */
    private static final int MOST_CHANGES_BEFORE_A_CRASH = 60;

    private final SimulatedRandom random;
    private final SimulatedFiles files;
    private final Directory root;
    private DiskSettings settings = DiskSettings.FAST;
    private Optional<LsmLife> life = Optional.empty();
    private String key = "";
    private int keys;
    private int boots;

    /** An empty disk; faults and losses are drawn from the source. */
    public LsmStore(SimulatedRandom random) {
        this.random = random;
        this.files = new SimulatedFiles(random.fork("files"));
        this.root = SimulatedDirectory.top(files);
    }

    /** The disk, to be damaged or to be cut off. */
    public SimulatedFiles files() {
        return files;
    }

    /** The engine of this life; empty while its node is down. */
    public Optional<LsmLife> life() {
        return life;
    }

    @Override
    public StorageEngine open(SimulatedNode node) {
        files.powerOn();
        try {
            CommitLog log = SimulatedSegments.log(root);
            BlockCodec codec = new BlockCodec(LZ4Factory.safeInstance());
            DataDirectory directory =
                    DataDirectory.read(root, log, codec, this, node.settings().node(), random::nextLong);
            LsmThreads threads = new LsmThreads(node, random, () -> settings);
            LsmEvents events = new LsmEvents();
            EngineParts parts = new EngineParts(
                    root, log, codec, node.loop(), threads.engineThreads(), config(), events, node.time()::wallMillis);
            life = Optional.of(new LsmLife(directory, directory.open(parts), threads, events));
            return life.get().engine();
        } catch (IOException e) {
            throw new StorageOpenException("simulated disk of " + node + " cannot be opened: " + e, e);
        }
    }

    /** What the threads have to do goes on for some changes at times, since a crash does not wait for the end of a task. */
    @Override
    public void crash(boolean powerLost) {
        if (files.isPowered() && random.nextInt(2) == 0) {
            long more = random.between(1, MOST_CHANGES_BEFORE_A_CRASH);
            if (powerLost) {
                files.cutAfter(more, () -> {});
            } else {
                files.killAfter(more);
            }
            life.ifPresent(it -> it.runOn(random));
        }
        life = Optional.empty();
        if (powerLost) {
            files.cutPower();
            boots++;
        } else {
            files.kill();
        }
    }

    @Override
    public void close() {
        try {
            life.orElseThrow().close();
        } catch (IOException e) {
            throw new UncheckedIOException("not marked as closed cleanly", e);
        } finally {
            life = Optional.empty();
            files.kill();
        }
    }

    @Override
    public void wipe() {
        files.wipe();
        key = "";
    }

    @Override
    public void backUp() {
        files.backUp();
    }

    @Override
    public boolean restore() {
        if (!files.restore()) {
            return false;
        }
        renewKey();
        return true;
    }

    /** All but the last batch of the log, whose damage nobody can tell from a torn tail (decision 0011). */
    @Override
    public boolean damage(Damage kind) {
        String last = files.contents().entrySet().stream()
                .filter(file -> isSegment(file.getKey()) && file.getValue().length > 0)
                .map(file -> file.getKey())
                .reduce("", (before, path) -> path);
        Predicate<String> tail = path -> isSegment(path) && path.compareTo(last) >= 0;
        return files.damage(kind, tail.negate());
    }

    @Override
    public void set(DiskSettings newSettings) {
        settings = Objects.requireNonNull(newSettings, "settings");
    }

    /** But for the reserve, which the engine keeps so that neither log nor manifest ever meets a full disk. */
    @Override
    public void setFull(boolean isFull) {
        files.setUsableBytes(isFull ? RESERVE_BYTES / 2 : Long.MAX_VALUE);
    }

    @Override
    public void setFailsSync(boolean fails) {
        files.setFailsSync(fails);
    }

    @Override
    public String formerKey() {
        return key;
    }

    @Override
    public String renewKey() {
        key = "key " + ++keys;
        return key;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public String bootId() {
        return "boot " + boots;
    }

    private EngineConfig config() {
        return new EngineConfig(
                MEMTABLE_BYTES,
                FLUSH_AGE_NANOS,
                QUEUED_BYTES,
                settings.maxWaiting(),
                QUEUED_READS,
                BLOCK_CACHE_BYTES,
                RESERVE_BYTES,
                SimulatedEngine.SEPARATE_BYTES,
                SimulatedEngine.DIRECT_BYTES,
                new CompactionConfig(2, SHARD_BYTES, 0));
    }

    private static boolean isSegment(String path) {
        return path.endsWith(SimulatedSegments.SUFFIX);
    }
}

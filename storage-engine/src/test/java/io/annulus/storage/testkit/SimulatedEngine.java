package io.annulus.storage.testkit;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.storage.StoreIdentity;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.CompactionConfig;
import io.annulus.storage.EngineConfig;
import io.annulus.storage.EngineEvents;
import io.annulus.storage.EngineParts;
import io.annulus.storage.LsmEngine;
import io.annulus.storage.Recovery;
import io.annulus.storage.file.Directory;
import io.annulus.storage.log.CommitLog;
import io.annulus.storage.sstable.BlockCodec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jpountz.lz4.LZ4Factory;

/** The engine on a disk in memory. */
public final class SimulatedEngine implements EngineEvents {

    /** Store id of all simulated directories. */
    public static final long STORE_ID = 42;

    /** Records from this size on go to value files. */
    public static final int SEPARATE_BYTES = 160;

    /** Records from this size on go to value files at once. */
    public static final int DIRECT_BYTES = 320;

    /** Small, so that blocks are evicted. */
    private static final long CACHE_BYTES = 16 << 10;

    /** Small, so that runs are cut, and merges take many steps. */
    private static final CompactionConfig COMPACTION = new CompactionConfig(2, 4 << 10, 0);

    private final LsmEngine engine;
    private final List<Throwable> events = new ArrayList<>();

    private SimulatedEngine(SimulatedFiles disk, StepWorld world, EngineConfig config, boolean clean)
            throws IOException {
        Directory root = SimulatedDirectory.top(disk);
        CommitLog log = SimulatedSegments.log(root);
        BlockCodec codec = new BlockCodec(LZ4Factory.fastestInstance());
        EngineParts parts = new EngineParts(root, log, codec, world, world.threads(), config, this, world::wallMillis);
        StoreIdentity identity = new StoreIdentity(new NodeId("n1"), STORE_ID, 7, 1);
        engine = LsmEngine.open(parts, identity, Recovery.read(root, log, codec, STORE_ID, clean));
    }

    /** Opens it after a crash, or new. */
    public static SimulatedEngine open(SimulatedFiles disk, StepWorld world, long memtableBytes) throws IOException {
        return open(disk, world, memtableBytes, false);
    }

    /** Opens it. */
    public static SimulatedEngine open(SimulatedFiles disk, StepWorld world, long memtableBytes, boolean clean)
            throws IOException {
        EngineConfig config = new EngineConfig(
                memtableBytes,
                1_000_000,
                1 << 20,
                1000,
                1000,
                CACHE_BYTES,
                0,
                SEPARATE_BYTES,
                DIRECT_BYTES,
                COMPACTION);
        return new SimulatedEngine(disk, world, config, clean);
    }

    /** Opens it after a crash, or new, with so many bytes of the disk kept free. */
    public static SimulatedEngine withReserve(SimulatedFiles disk, StepWorld world, long reserveBytes)
            throws IOException {
        EngineConfig config = new EngineConfig(
                1 << 20,
                1_000_000,
                1 << 20,
                1000,
                1000,
                CACHE_BYTES,
                reserveBytes,
                SEPARATE_BYTES,
                DIRECT_BYTES,
                COMPACTION);
        return new SimulatedEngine(disk, world, config, false);
    }

    /** Opens it after a power cut, which ends all that runs in the world. */
    public static SimulatedEngine openAfterPowerCut(SimulatedFiles disk, StepWorld world) throws IOException {
        world.crash();
        disk.cutPower();
        disk.powerOn();
        return open(disk, world, 1 << 20);
    }

    /** The engine. */
    public LsmEngine engine() {
        return engine;
    }

    /** What an operator was told. */
    public List<Throwable> events() {
        return events;
    }

    /** Closes it in order. */
    public void close(StepWorld world) {
        engine.refuseWrites();
        world.settle();
        engine.finishLog();
        world.settle();
        engine.releaseFiles();
    }

    @Override
    public void fenced(Throwable cause) {
        events.add(cause);
    }

    @Override
    public void compactionStopped(String table, Throwable cause) {
        events.add(cause);
    }
}

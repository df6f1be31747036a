package io.annulus.storage.testkit;

import io.annulus.api.cluster.NodeId;
import io.annulus.simulator.SimulatedFile;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.simulator.SimulatedRandom;
import io.annulus.storage.CompactionConfig;
import io.annulus.storage.DataDirectory;
import io.annulus.storage.DirectoryHold;
import io.annulus.storage.EngineConfig;
import io.annulus.storage.EngineEvents;
import io.annulus.storage.EngineParts;
import io.annulus.storage.LsmEngine;
import io.annulus.storage.file.Directory;
import io.annulus.storage.log.CommitLog;
import io.annulus.storage.sstable.BlockCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jpountz.lz4.LZ4Factory;

/** An engine on a data directory of its own, with an identity, on a disk and in a world of its own. */
public final class DirectoryEngine implements DirectoryHold, EngineEvents {

    /** Kept free of the disk. */
    public static final long RESERVE_BYTES = 1000;

    private static final EngineConfig CONFIG = new EngineConfig(
            1 << 20,
            1_000_000,
            1 << 20,
            1000,
            1000,
            1 << 14,
            RESERVE_BYTES,
            SimulatedEngine.SEPARATE_BYTES,
            SimulatedEngine.DIRECT_BYTES,
            new CompactionConfig(2, 64 << 10, 0));

    private final SimulatedFiles disk = new SimulatedFiles(new SimulatedRandom(Long.getLong("annulus.seed", 1L)));
    private final Random random = new Random(2);
    private final StepWorld world = new StepWorld(random);
    private final List<Throwable> told = new ArrayList<>();
    private LsmEngine engine;
    private String key = "";

    private DirectoryEngine() {}

    /** Opens an empty one. */
    public static DirectoryEngine empty() throws IOException {
        DirectoryEngine made = new DirectoryEngine();
        made.open();
        return made;
    }

    /** Opens a copy of a snapshot that is on another disk. */
    public static DirectoryEngine of(SimulatedFiles original, String snapshot) throws IOException {
        DirectoryEngine made = new DirectoryEngine();
        made.copy(original, "snapshots/" + snapshot + "/");
        made.open();
        return made;
    }

    /** The copy that is not opened yet. */
    public static DirectoryEngine copyOf(SimulatedFiles original, String snapshot) throws IOException {
        DirectoryEngine made = new DirectoryEngine();
        made.copy(original, "snapshots/" + snapshot + "/");
        return made;
    }

    /** Cuts the power, and opens the directory again. */
    public void reopen() throws IOException {
        world.crash();
        disk.cutPower();
        disk.powerOn();
        open();
    }

    /** Opens the directory. */
    public void open() throws IOException {
        Directory root = SimulatedDirectory.top(disk);
        CommitLog log = SimulatedSegments.log(root);
        BlockCodec codec = new BlockCodec(LZ4Factory.fastestInstance());
        engine = DataDirectory.read(root, log, codec, this, new NodeId("n1"), random::nextLong)
                .open(new EngineParts(root, log, codec, world, world.threads(), CONFIG, this, world::wallMillis));
    }

    /** The engine. */
    public LsmEngine engine() {
        return engine;
    }

    /** Where it runs. */
    public StepWorld world() {
        return world;
    }

    /** What an operator was told. */
    public List<Throwable> told() {
        return told;
    }

    /** Its disk. */
    public SimulatedFiles disk() {
        return disk;
    }

    private void copy(SimulatedFiles original, String prefix) throws IOException {
        for (Map.Entry<String, byte[]> file : original.contents().entrySet()) {
            if (file.getKey().startsWith(prefix)) {
                write(file.getKey().substring(prefix.length()), file.getValue());
            }
        }
    }

    private void write(String path, byte[] content) throws IOException {
        for (int at = path.indexOf('/'); at > 0; at = path.indexOf('/', at + 1)) {
            if (!disk.isFolder(path.substring(0, at))) {
                disk.makeFolder(path.substring(0, at));
            }
        }
        SimulatedFile file = disk.create(path);
        file.append(ByteBuffer.wrap(content));
        file.sync();
    }

    @Override
    public String formerKey() {
        return key;
    }

    @Override
    public String renewKey() {
        key = "key of the lock";
        return key;
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public String bootId() {
        return "boot";
    }

    @Override
    public void fenced(Throwable cause) {
        told.add(cause);
    }

    @Override
    public void compactionStopped(String table, Throwable cause) {
        told.add(cause);
    }
}

package io.annulus.storage;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.StoreIdentity;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableOptions;
import io.annulus.api.storage.TableSpec;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.simulator.SimulatedRandom;
import io.annulus.storage.file.Directory;
import io.annulus.storage.log.CommitLog;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.sstable.BlockCodec;
import io.annulus.storage.testkit.SetRecords;
import io.annulus.storage.testkit.SimulatedDirectory;
import io.annulus.storage.testkit.SimulatedEngine;
import io.annulus.storage.testkit.SimulatedSegments;
import io.annulus.storage.testkit.StepWorld;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import net.jpountz.lz4.LZ4Factory;

/**
 * One data directory through lives of the same operations, those of a seed, and what must be in it whenever its power is cut.
 * Losses are drawn from a seed of their own.
 */
final class CrashedRun implements DirectoryHold, EngineEvents {

    private static final String OWN = "_own";
    private static final String DATA = "data";
    private static final String WRITTEN = "written";
    private static final String MEMORY = "memory";
    private static final int OPERATIONS = 192;
    private static final int ROUND = 8;
    private static final int ROUNDS_BETWEEN_FLUSHES = 3;
    private static final int SNAPSHOT_ROUNDS = 5;
    private static final EngineConfig CONFIG = new EngineConfig(
            1 << 20,
            1_000_000,
            1 << 20,
            1000,
            1000,
            1 << 14,
            0,
            SimulatedEngine.SEPARATE_BYTES,
            SimulatedEngine.DIRECT_BYTES,
            new CompactionConfig(2, 4 << 10, 0));

    private final int rounds;
    private final Random random;
    private final StepWorld world;
    private final SimulatedFiles disk;
    private final Directory root;
    private final CommitLog log;
    private final BlockCodec codec = new BlockCodec(LZ4Factory.fastestInstance());
    private final Map<String, TableModel> models = new TreeMap<>(
            Map.of(OWN, new TableModel(), DATA, new TableModel(), WRITTEN, new TableModel(), MEMORY, new TableModel()));
    private final SnapshotModel snapshots;
    private Optional<StoreIdentity> identity = Optional.empty();
    private Optional<LsmEngine> engine = Optional.empty();
    private Optional<DataDirectory> directory = Optional.empty();
    private String key = "";
    private int boots;
    private long number;

    /** An empty directory, and a short run. */
    CrashedRun(long seed, long losses) {
        this(OPERATIONS, seed, losses);
    }

    /**
     * An empty directory.
     *
     * @param operations of two lives together, about so many
     * @param seed of the operations
     * @param losses seed of what a cut leaves of what was not synced
     */
    CrashedRun(int operations, long seed, long losses) {
        this(
                operations / 2 / ROUND,
                new Random(seed),
                new SimulatedFiles(new SimulatedRandom(losses)),
                new SnapshotModel());
    }

    private CrashedRun(int rounds, Random random, SimulatedFiles disk, SnapshotModel snapshots) {
        this.snapshots = snapshots;
        this.rounds = rounds;
        this.random = random;
        this.world = new StepWorld(random);
        this.disk = disk;
        this.root = SimulatedDirectory.top(disk);
        this.log = SimulatedSegments.log(root);
    }

    /** This run as it would be if the power were cut now, and came back. This one goes on. */
    CrashedRun cutCopy(int roundsOfCopy, long losses) {
        SimulatedFiles left = disk.survivors(new SimulatedRandom(losses));
        CrashedRun copy = new CrashedRun(roundsOfCopy, new Random(losses), left, snapshots.copy());
        models.forEach((name, model) -> copy.models.put(name, model.copy()));
        copy.models.get(WRITTEN).loseUnsynced();
        copy.models.get(MEMORY).loseUnsynced();
        copy.identity = identity;
        copy.key = key;
        copy.boots = boots + 1;
        copy.number = number;
        return copy;
    }

    SimulatedFiles disk() {
        return disk;
    }

    /** Two lives with a clean end between them, as far as the power lasts. */
    void run() throws IOException {
        liveOn();
        if (disk.isPowered()) {
            close();
            liveOn();
        }
    }

    /** Opens the directory; false when the power was cut meanwhile. */
    boolean open() throws IOException {
        try {
            directory = Optional.of(DataDirectory.read(root, log, codec, this, new NodeId("n1"), random::nextLong));
            engine = Optional.of(directory.get().open(parts()));
            return true;
        } catch (IOException e) {
            if (disk.isPowered()) {
                throw e;
            }
            return false;
        }
    }

    /** Some operations, and memtables written out now and then. */
    void liveOn() throws IOException {
        if (!open()) {
            return;
        }
        check("at the start");
        for (int i = 0; i < rounds && disk.isPowered(); i++) {
            for (int j = 0; j < ROUND; j++) {
                submit();
            }
            if (i % SNAPSHOT_ROUNDS == 1) {
                snapshots.change(engine.orElseThrow(), models, world);
            }
            for (int steps = random.nextInt(40); steps > 0; steps--) {
                world.step();
            }
            if (i % ROUNDS_BETWEEN_FLUSHES == 0) {
                engine.orElseThrow().flush();
            } else if (i % 2 == 0) {
                world.ring();
            }
        }
        world.settle();
    }

    /** Ends all that runs and gives the power back; what was acknowledged before it was synced may be lost. */
    void restart() {
        models.get(WRITTEN).loseUnsynced();
        restartAfterKill();
    }

    /** Ends all that runs; what was acknowledged before it was written may be lost. */
    void restartAfterKill() {
        models.get(MEMORY).loseUnsynced();
        world.crash();
        disk.powerOn();
        boots++;
    }

    /** All that was acknowledged is there, and nothing that was not sent, nor in another order. */
    void check(String when) {
        StoreIdentity now = engine.orElseThrow().identity();
        if (identity.isPresent() && identity.get().storeId() != now.storeId()) {
            throw new AssertionError("the directory took itself for a copy " + when);
        }
        identity = Optional.of(now);
        for (String name : models.keySet()) {
            Map<EntryKey, Set<Long>> rows;
            try {
                rows = TableModel.rows(table(name), world);
            } catch (AssertionError e) {
                if (disk.isPowered()) {
                    throw e;
                }
                // Cut while it was read: the next life tells.
                return;
            }
            models.get(name).settle(rows, name + " " + when);
        }
    }

    /** Those that must be there are, and each that is there is whole; gives how many are there. */
    int checkSnapshots(String when) throws IOException {
        snapshots.check(engine.orElseThrow(), disk, when);
        return snapshots.checked();
    }

    private void close() throws IOException {
        engine.orElseThrow().refuseWrites();
        world.settle();
        engine.orElseThrow().finishLog();
        world.settle();
        try {
            directory.orElseThrow().close(engine.orElseThrow());
        } catch (IOException e) {
            if (disk.isPowered()) {
                throw e;
            }
        }
    }

    private void submit() {
        String name = List.of(OWN, DATA, WRITTEN, MEMORY).get(random.nextInt(4));
        EntryKey place = TableModel.place(random.nextInt(TableModel.PLACES));
        boolean removal = name.equals(OWN) && random.nextInt(3) == 0;
        TableModel model = models.get(name);
        int upTo = model.begin(new TableModel.Operation(place, ++number, removal));
        int written = models.get(WRITTEN).acked();
        int shown = models.get(MEMORY).acked();
        Completion<Durability> completion = Completion.of(
                done -> {
                    require(done == durability(name), name + " is acknowledged as " + done);
                    model.acked(upTo);
                    if (done == Durability.SYNCED) {
                        model.durable(upTo);
                        models.get(WRITTEN).durable(written);
                        models.get(MEMORY).durable(shown);
                    }
                },
                failure -> {});
        if (removal) {
            table(name).remove(place.token(), place.key(), completion);
        } else {
            table(name).append(place.token(), place.key(), TableModel.record(number), completion);
        }
    }

    private Table table(String name) {
        TableOptions options = TableOptions.DEFAULT.with(durability(name));
        return engine.orElseThrow().openTable(new TableSpec(name, new SetRecords(), options));
    }

    private static Durability durability(String name) {
        return switch (name) {
            case WRITTEN -> Durability.WRITTEN;
            case MEMORY -> Durability.MEMORY;
            default -> Durability.SYNCED;
        };
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }

    private EngineParts parts() {
        return new EngineParts(root, log, codec, world, world.threads(), CONFIG, this, () -> 0);
    }

    @Override
    public String formerKey() {
        return key;
    }

    /** Known again for as long as it is the same directory. */
    @Override
    public String renewKey() {
        key = "key";
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

    @Override
    public void fenced(Throwable cause) {
        requireCut(cause);
    }

    @Override
    public void compactionStopped(String table, Throwable cause) {
        requireCut(cause);
    }

    private void requireCut(Throwable cause) {
        if (disk.isPowered()) {
            throw new AssertionError("the disk was sound", cause);
        }
    }
}

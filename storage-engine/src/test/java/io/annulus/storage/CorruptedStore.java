package io.annulus.storage;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.Job;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.file.Directory;
import io.annulus.storage.log.CommitLog;
import io.annulus.storage.sstable.BlockCodec;
import io.annulus.storage.testkit.SetRecords;
import io.annulus.storage.testkit.SimulatedDirectory;
import io.annulus.storage.testkit.SimulatedSegments;
import io.annulus.storage.testkit.StepWorld;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import net.jpountz.lz4.LZ4Factory;

/** A data directory on a simulated disk, with something in every kind of file, and what must be read from it. */
final class CorruptedStore implements DirectoryHold, EngineEvents {

    static final int KEYS = 150;

    private static final int SEPARATE_BYTES = 300;
    private static final EngineConfig CONFIG = new EngineConfig(
            1 << 20,
            1_000_000,
            1 << 20,
            1000,
            1000,
            1 << 14,
            0,
            SEPARATE_BYTES,
            1 << 20,
            new CompactionConfig(2, 4 << 10, 0));

    /** Numbers of a record that lies in a value file: 4 bytes and 8 a number. */
    private static final int LARGE = 40;

    private final Random random;
    private final StepWorld world;
    private final SimulatedFiles disk;
    private final Directory root;
    private final CommitLog log;
    private Optional<LsmEngine> engine = Optional.empty();
    private Optional<DataDirectory> directory = Optional.empty();

    /** What became of opening a directory and reading all of it. */
    enum Outcome {
        /** It was not opened, and nothing in it was changed. */
        REFUSED,
        /** A read failed. */
        UNKNOWN,
        /** All reads were right, and verification found it. */
        VERIFIED,
        /** All reads were right, and verification found nothing. */
        HARMLESS,
    }

    CorruptedStore(SimulatedFiles disk, Random random) {
        this.random = random;
        this.world = new StepWorld(random);
        this.disk = disk;
        this.root = SimulatedDirectory.top(disk);
        this.log = SimulatedSegments.log(root);
    }

    /** Two runs of the data, one of the store's own, records in the log alone, and values; closed cleanly. */
    void fill() throws IOException {
        open();
        for (int run = 1; run <= 2; run++) {
            for (int i = 0; i < KEYS; i++) {
                append("data", i, run);
            }
            append("_own", 0, run);
            append("large", LongStream.range(0, LARGE).map(i -> -i).toArray());
            world.settle();
            engine.orElseThrow().flush();
            world.settle();
        }
        for (int i = 0; i < KEYS; i += 10) {
            append("data", i, 3);
            world.settle();
        }
        engine.orElseThrow().system().write("ring", new byte[100], Completion.of(done -> {}, CorruptedStore::fail));
        world.settle();
        close();
    }

    /** Opens, reads and verifies everything. */
    Outcome examine() throws IOException {
        long changes = disk.changes();
        try {
            open();
        } catch (CorruptDataException | StorageOpenException e) {
            if (disk.changes() != changes) {
                throw new AssertionError("a refused directory was changed", e);
            }
            return Outcome.REFUSED;
        }
        Outcome read = readAll();
        Outcome verified = read == Outcome.HARMLESS ? verify() : read;
        close();
        return verified;
    }

    private Outcome readAll() {
        Outcome outcome = Outcome.HARMLESS;
        Table data = table("data");
        for (int i = 0; i < KEYS; i++) {
            Object answer = answer(data, i);
            if (answer instanceof CorruptDataException) {
                outcome = Outcome.UNKNOWN;
                continue;
            }
            Set<Long> expected = i % 10 == 0 ? Set.of(1L, 2L, 3L) : Set.of(1L, 2L);
            boolean isRight = answer instanceof Optional<?> record
                    && record.isPresent()
                    && SetRecords.numbers((byte[]) record.get()).equals(expected);
            if (!isRight) {
                throw new AssertionError("key " + i + " is answered with " + answer);
            }
        }
        Object own = answer(table("_own"), 0);
        if (own.equals(Optional.empty())) {
            throw new AssertionError("the store's own key is absent");
        }
        if (answer(data, KEYS) instanceof Optional<?> record && record.isPresent()) {
            throw new AssertionError("a key that was never written is there");
        }
        Object large = answer(table("large"), 0);
        if (large instanceof Optional<?> record
                && (record.isEmpty()
                        || SetRecords.numbers((byte[]) record.get()).size() != LARGE)) {
            throw new AssertionError("the large record is " + large);
        }
        byte[] ring = engine.orElseThrow().system().read("ring").orElse(new byte[0]);
        if (ring.length != 100) {
            throw new AssertionError("the system value has " + ring.length + " bytes");
        }
        boolean isUnknown = own instanceof CorruptDataException || large instanceof CorruptDataException;
        return isUnknown ? Outcome.UNKNOWN : outcome;
    }

    private Outcome verify() {
        Job job = engine.orElseThrow().integrity().verify(1L << 40);
        while (!job.state().isEnd()) {
            world.settle();
            world.ring();
        }
        return job.state() == Job.State.FAILED ? Outcome.VERIFIED : Outcome.HARMLESS;
    }

    private void open() throws IOException {
        BlockCodec codec = new BlockCodec(LZ4Factory.fastestInstance());
        DataDirectory read = DataDirectory.read(root, log, codec, this, new NodeId("n1"), random::nextLong);
        directory = Optional.of(read);
        engine = Optional.of(
                read.open(new EngineParts(root, log, codec, world, world.threads(), CONFIG, this, () -> 0)));
    }

    /** What waits is done; a fenced engine ends as it is. */
    private void close() throws IOException {
        engine.orElseThrow().refuseWrites();
        world.settle();
        engine.orElseThrow().finishLog();
        world.settle();
        directory.orElseThrow().close(engine.orElseThrow());
    }

    private void append(String table, long[] numbers) {
        table(table)
                .append(
                        Token.of(key(0)),
                        key(0),
                        SetRecords.of(numbers),
                        Completion.of(done -> {}, CorruptedStore::fail));
    }

    private void append(String table, int i, long number) {
        table(table)
                .append(
                        Token.of(key(i)),
                        key(i),
                        SetRecords.of(number),
                        Completion.of(done -> {}, CorruptedStore::fail));
    }

    private Table table(String name) {
        return engine.orElseThrow().openTable(new TableSpec(name, new SetRecords()));
    }

    private Object answer(Table table, int i) {
        List<Object> answers = new ArrayList<>();
        table.read(Token.of(key(i)), key(i), Completion.of(answers::add, answers::add));
        while (answers.isEmpty()) {
            if (!world.step()) {
                throw new AssertionError("a read never ended");
            }
        }
        return answers.get(0);
    }

    private static byte[] key(int i) {
        return ("key-" + i).getBytes(StandardCharsets.UTF_8);
    }

    private static void fail(Throwable failure) {
        throw new AssertionError(failure);
    }

    @Override
    public String formerKey() {
        return "key";
    }

    @Override
    public String renewKey() {
        return "key";
    }

    @Override
    public String key() {
        return "key";
    }

    @Override
    public String bootId() {
        return "boot";
    }

    @Override
    public void fenced(Throwable cause) {
        if (!(cause instanceof CorruptDataException) && !(cause instanceof IOException)) {
            throw new AssertionError(cause);
        }
    }

    @Override
    public void compactionStopped(String table, Throwable cause) {
        throw new AssertionError("merges stopped for a damage that should have been passed by", cause);
    }
}

package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Compression;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableOptions;
import io.annulus.api.storage.TableSpec;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.testkit.Seed;
import io.annulus.storage.testkit.SetRecords;
import io.annulus.storage.testkit.SimulatedEngine;
import io.annulus.storage.testkit.StepWorld;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Options of a table at work in the engine: records that run out; a tuning and a compression that are changed while it is used.
 */
class EngineRetentionTest {

    private static final int KEYS = 8;

    private final Random random = Seed.random("EngineRetentionTest");
    private final SimulatedFiles disk = Seed.disk(random);
    private final StepWorld world = new StepWorld(random);
    private SimulatedEngine engine;

    @BeforeEach
    void open() throws IOException {
        engine = SimulatedEngine.open(disk, world, 1 << 20);
    }

    @Test
    void recordsLeaveTheDiskOnceTheyHaveRunOutAndNotBefore() {
        Table table = open(TableOptions.DEFAULT.with(
                (token, key, record, millis) -> millis < 1000 ? Optional.of(record) : Optional.empty()));
        rounds(table, 8, 0);
        assertEquals(KEYS, present(table));
        world.setWallMillis(1000);
        rounds(table, 16, KEYS);
        assertEquals(0, present(table));
        assertEquals(List.of(), engine.events());
    }

    @Test
    void aTuningIsChangedWhileTheTableIsUsed() {
        TableOptions tiered = TableOptions.DEFAULT.withTuning(-8);
        Table table = open(tiered);
        rounds(table, 7, 0);
        int many = engine.engine().status().sstables();
        assertEquals(7, many, "ten runs are merged at a time");
        assertEquals(table, open(tiered.withTuning(0)));
        world.settle();
        assertEquals(1, engine.engine().status().sstables());
        assertEquals(KEYS, present(table));
    }

    @Test
    void aCompressionIsChangedWhileTheTableIsUsed() {
        TableOptions tiered = TableOptions.DEFAULT.withTuning(-8);
        Table table = open(tiered);
        for (Compression compression : Compression.values()) {
            assertEquals(table, open(tiered.with(compression)));
            rounds(table, 1, 0);
        }
        List<Integer> codecs = disk.contents().entrySet().stream()
                .filter(file -> file.getKey().endsWith(".sst"))
                .map(file -> (int) file.getValue()[0])
                .toList();
        assertEquals(List.of(0, 1, 2), codecs);
        assertEquals(KEYS, present(table));
        open(tiered.with(Compression.ZSTD).withTuning(0));
        world.settle();
        assertEquals(1, engine.engine().status().sstables());
        assertEquals(KEYS, present(table));
    }

    private Table open(TableOptions options) {
        return engine.engine().openTable(new TableSpec("data", new SetRecords(), options));
    }

    private void rounds(Table table, int rounds, int from) {
        for (int round = 0; round < rounds; round++) {
            for (int i = from; i < from + KEYS; i++) {
                table.append(Token.of(key(i)), key(i), SetRecords.of(round), Completion.of(done -> {}, failure -> {
                    throw new AssertionError(failure);
                }));
            }
            world.settle();
            engine.engine().flush();
            world.settle();
        }
    }

    private int present(Table table) {
        List<Set<Long>> found = new ArrayList<>();
        for (int i = 0; i < KEYS; i++) {
            table.read(
                    Token.of(key(i)),
                    key(i),
                    Completion.of(
                            record -> record.ifPresent(bytes -> found.add(SetRecords.numbers(bytes))), failure -> {
                                throw new AssertionError(failure);
                            }));
        }
        world.settle();
        return found.size();
    }

    private static byte[] key(int i) {
        return ("key-" + i).getBytes(StandardCharsets.UTF_8);
    }
}

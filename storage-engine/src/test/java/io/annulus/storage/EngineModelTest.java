package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.Entry;
import io.annulus.api.storage.StorageFullException;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableOptions;
import io.annulus.api.storage.TableSpec;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.testkit.Seed;
import io.annulus.storage.testkit.SetRecords;
import io.annulus.storage.testkit.SimulatedEngine;
import io.annulus.storage.testkit.StepWorld;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The engine beside a naive model: random operations, interleavings of threads, reopenings and power cuts (T31, T32). */
class EngineModelTest {

    private static final String OWN = "_own";
    private static final String DATA = "data";
    private static final String WRITTEN = "written";
    private static final String MEMORY = "memory";

    private final Random random = Seed.random("EngineModelTest");
    private final Map<String, TableModel> model = new TreeMap<>(
            Map.of(OWN, new TableModel(), DATA, new TableModel(), WRITTEN, new TableModel(), MEMORY, new TableModel()));
    private final SimulatedFiles disk = Seed.disk(random);
    private long nextNumber = 1;
    private long failures;

    @Test
    void everyAckedOperationSurvivesAnyPowerCut() throws IOException {
        for (int life = 0; life < 400; life++) {
            StepWorld world = new StepWorld(random);
            SimulatedEngine engine = SimulatedEngine.open(disk, world, 2048 + random.nextInt(8192));
            Map<String, Table> tables = open(engine);
            verifyAll(engine.engine(), tables, world, life);
            disk.cutAfter(1 + random.nextInt(600), () -> {});
            operate(tables, world, random.nextInt(150), true);
            disk.cutPower();
            disk.powerOn();
            model.get(WRITTEN).loseUnsynced();
            model.get(MEMORY).loseUnsynced();
        }
        assertTrue(failures > 0, "no power cut hit a write");
    }

    @Test
    void readsAndScansGiveWhatTheModelGives() throws IOException {
        int compactedLives = 0;
        for (int life = 0; life < 20; life++) {
            StepWorld world = new StepWorld(random);
            SimulatedEngine engine = SimulatedEngine.open(disk, world, 6144 + random.nextInt(4096), life > 0);
            Map<String, Table> tables = open(engine);
            verifyAll(engine.engine(), tables, world, life);
            for (int round = 0; round < 40; round++) {
                operate(tables, world, 30, false);
                if (random.nextInt(10) == 0) {
                    world.ring();
                }
                world.settle();
                verifyAll(engine.engine(), tables, world, life);
            }
            compactedLives += engine.engine().status().sstables() < 40 ? 1 : 0;
            assertTrue(engine.events().isEmpty(), engine.events()::toString);
            engine.close(world);
        }
        assertTrue(compactedLives >= 10, "lives in which sorted tables were merged: " + compactedLives);
    }

    private Map<String, Table> open(SimulatedEngine engine) {
        Map<String, Table> tables = new TreeMap<>();
        // At times a table stays unopened for a life: its records must wait in the log.
        if (random.nextInt(4) > 0) {
            tables.put(OWN, engine.engine().openTable(new TableSpec(OWN, new SetRecords())));
        }
        tables.put(DATA, engine.engine().openTable(new TableSpec(DATA, new SetRecords())));
        for (Durability durability : List.of(Durability.WRITTEN, Durability.MEMORY)) {
            String name = durability.name().toLowerCase(Locale.ROOT);
            TableOptions options = TableOptions.DEFAULT.with(durability);
            tables.put(name, engine.engine().openTable(new TableSpec(name, new SetRecords(), options)));
        }
        return tables;
    }

    private void operate(Map<String, Table> tables, StepWorld world, int operations, boolean partly) {
        for (int i = 0; i < operations; i++) {
            submit(tables);
            for (int steps = random.nextInt(6); steps > 0; steps--) {
                world.step();
            }
            if (random.nextInt(40) == 0) {
                world.ring();
            }
        }
        if (!partly || random.nextBoolean()) {
            world.settle();
        }
    }

    private void submit(Map<String, Table> tables) {
        List<String> names = List.copyOf(tables.keySet());
        Table table = tables.get(names.get(random.nextInt(names.size())));
        EntryKey place = TableModel.place(random.nextInt(TableModel.PLACES));
        boolean removal = table.name().equals(OWN) && random.nextInt(3) == 0;
        long number = nextNumber++;
        TableModel expected = model.get(table.name());
        TableModel.Operation operation = new TableModel.Operation(place, number, removal);
        int upTo = expected.begin(operation);
        int written = model.get(WRITTEN).acked();
        int shown = model.get(MEMORY).acked();
        Completion<Durability> completion = Completion.of(
                result -> {
                    expected.acked(upTo);
                    if (result == Durability.SYNCED) {
                        model.get(WRITTEN).durable(written);
                        model.get(MEMORY).durable(shown);
                    }
                },
                failure -> {
                    failures++;
                    if (failure instanceof StorageFullException) {
                        // Refused before any effect, and before this call returned.
                        assertEquals(operation, expected.takeBack(upTo));
                    }
                });
        if (removal) {
            table.remove(place.token(), place.key(), completion);
        } else {
            table.append(place.token(), place.key(), TableModel.record(number), completion);
        }
    }

    private void verifyAll(LsmEngine engine, Map<String, Table> tables, StepWorld world, int life) {
        for (Table table : tables.values()) {
            Map<EntryKey, Set<Long>> rows = TableModel.rows(table, world);
            assertTrue(rows.equals(TableModel.rows(engine.reader(table.name()))), "the loop and other threads differ");
            String where = table.name() + " in life " + life;
            assertTrue(rows.equals(scanned(table, world)), "reads and scans differ on " + where);
            model.get(table.name()).settle(rows, where);
        }
    }

    private Map<EntryKey, Set<Long>> scanned(Table table, StepWorld world) {
        Map<EntryKey, Set<Long>> rows = new TreeMap<>();
        Token from = new Token(0, 0);
        Optional<byte[]> after = Optional.empty();
        int limit = 1 + random.nextInt(20);
        while (true) {
            List<List<Entry>> answers = new ArrayList<>();
            table.scan(from, new Token(-1, -1), after, limit, Completion.of(answers::add, EngineModelTest::fail));
            while (answers.isEmpty()) {
                assertTrue(world.step(), "a scan never ended");
            }
            List<Entry> entries = answers.get(0);
            entries.forEach(
                    entry -> rows.put(new EntryKey(entry.token(), entry.key()), TableModel.operations(entry.record())));
            if (entries.size() < limit) {
                return rows;
            }
            from = entries.get(limit - 1).token();
            after = Optional.of(entries.get(limit - 1).key());
        }
    }

    private static void fail(Throwable failure) {
        throw new AssertionError(failure);
    }
}

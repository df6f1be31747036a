package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Entry;
import io.annulus.api.storage.StorageFullException;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.testkit.Seed;
import io.annulus.storage.testkit.SetRecords;
import io.annulus.storage.testkit.SimulatedEngine;
import io.annulus.storage.testkit.StepWorld;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The engine beside a naive model: random operations, interleavings of threads, reopenings and power cuts (T31, T32). */
class EngineModelTest {

    private static final String OWN = "_own";
    private static final String DATA = "data";

    /** One operation as the model sees it. */
    private record Operation(EntryKey place, long number, boolean removal) {}

    /** A table of the model: what is surely there, and the operations since, in order. */
    private static final class ModelTable {
        private final Map<EntryKey, Set<Long>> rows = new TreeMap<>();
        private final List<Operation> since = new ArrayList<>();
        private int acked;

        /** What is there must be the state after some prefix of the operations that covers all acked ones. */
        private void settle(Map<EntryKey, Set<Long>> seen, String where) {
            for (int prefix = 0; prefix <= since.size(); prefix++) {
                if (prefix >= acked && rows.equals(seen)) {
                    since.clear();
                    acked = 0;
                    return;
                }
                if (prefix < since.size()) {
                    apply(since.get(prefix));
                }
            }
            throw new AssertionError(where + ": no prefix of " + since.size() + " operations, " + acked
                    + " of them acked, gives what is there" + firstDifference(seen));
        }

        private String firstDifference(Map<EntryKey, Set<Long>> seen) {
            Set<EntryKey> places = new TreeSet<>(seen.keySet());
            places.addAll(rows.keySet());
            for (EntryKey place : places) {
                Set<Long> expected = rows.getOrDefault(place, Set.of());
                Set<Long> found = seen.getOrDefault(place, Set.of());
                if (!expected.equals(found)) {
                    return "; " + new String(place.key(), StandardCharsets.UTF_8) + " should be " + expected
                            + " and is " + found;
                }
            }
            return "";
        }

        private void apply(Operation operation) {
            if (operation.removal()) {
                rows.remove(operation.place());
            } else {
                rows.computeIfAbsent(operation.place(), place -> new TreeSet<>())
                        .add(operation.number());
            }
        }
    }

    private final Random random = Seed.random("EngineModelTest");
    private final Map<String, ModelTable> model = new TreeMap<>(Map.of(OWN, new ModelTable(), DATA, new ModelTable()));
    private SimulatedFiles disk = Seed.disk(random);
    private long nextNumber = 1;
    private long failures;

    @Test
    void everyAckedOperationSurvivesAnyPowerCut() throws IOException {
        for (int life = 0; life < 400; life++) {
            StepWorld world = new StepWorld(random);
            SimulatedEngine engine = SimulatedEngine.open(disk, world, 2048 + random.nextInt(8192));
            Map<String, Table> tables = open(engine);
            verifyAll(tables, world, life);
            disk.cutAfter(1 + random.nextInt(600), () -> {});
            operate(tables, world, random.nextInt(150), true);
            disk.cutPower();
            disk.powerOn();
        }
        assertTrue(failures > 0, "no power cut hit a write");
    }

    @Test
    void readsAndScansGiveWhatTheModelGives() throws IOException {
        int compactedLives = 0;
        for (int life = 0; life < 20; life++) {
            StepWorld world = new StepWorld(random);
            SimulatedEngine engine = SimulatedEngine.open(disk, world, 1024 + random.nextInt(2048), life > 0);
            Map<String, Table> tables = open(engine);
            verifyAll(tables, world, life);
            for (int round = 0; round < 40; round++) {
                operate(tables, world, 30, false);
                if (random.nextInt(10) == 0) {
                    world.ring();
                }
                world.settle();
                verifyAll(tables, world, life);
            }
            compactedLives += engine.engine().status().sstables() < 40 ? 1 : 0;
            assertTrue(engine.events().isEmpty(), engine.events()::toString);
            engine.close(world);
        }
        assertEquals(20, compactedLives, "lives in which sorted tables were merged");
    }

    private Map<String, Table> open(SimulatedEngine engine) {
        Map<String, Table> tables = new TreeMap<>();
        // At times a table stays unopened for a life: its records must wait in the log.
        if (random.nextInt(4) > 0) {
            tables.put(OWN, engine.engine().openTable(new TableSpec(OWN, new SetRecords())));
        }
        tables.put(DATA, engine.engine().openTable(new TableSpec(DATA, new SetRecords())));
        return tables;
    }

    private void operate(Map<String, Table> tables, StepWorld world, int operations, boolean partly) {
        for (int i = 0; i < operations; i++) {
            submit(tables);
            for (int steps = random.nextInt(6); steps > 0; steps--) {
                world.step();
            }
        }
        if (!partly || random.nextBoolean()) {
            world.settle();
        }
    }

    private void submit(Map<String, Table> tables) {
        List<String> names = List.copyOf(tables.keySet());
        Table table = tables.get(names.get(random.nextInt(names.size())));
        EntryKey place = place(random.nextInt(60));
        boolean removal = table.name().equals(OWN) && random.nextInt(3) == 0;
        long number = nextNumber++;
        ModelTable expected = model.get(table.name());
        Operation operation = new Operation(place, number, removal);
        expected.since.add(operation);
        int upTo = expected.since.size();
        Completion<Object> completion =
                Completion.of(result -> expected.acked = Math.max(expected.acked, upTo), failure -> {
                    failures++;
                    if (failure instanceof StorageFullException) {
                        // Refused before any effect, and before this call returned.
                        assertEquals(operation, expected.since.remove(upTo - 1));
                    }
                });
        if (removal) {
            table.remove(place.token(), place.key(), Completion.of(completion::onResult, completion::onFailure));
        } else {
            table.append(
                    place.token(),
                    place.key(),
                    SetRecords.of(number),
                    Completion.of(completion::onResult, completion::onFailure));
        }
    }

    /** Keys of few tokens, so that some share one. */
    private static EntryKey place(int i) {
        byte[] key = ("key-" + i).getBytes(StandardCharsets.UTF_8);
        return new EntryKey(i % 3 == 0 ? new Token(i % 7 << 60, 5) : Token.of(key), key);
    }

    private void verifyAll(Map<String, Table> tables, StepWorld world, int life) {
        for (Table table : tables.values()) {
            Map<EntryKey, Set<Long>> rows = new TreeMap<>();
            for (int i = 0; i < 60; i++) {
                EntryKey place = place(i);
                read(table, world, place).ifPresent(record -> rows.put(place, SetRecords.numbers(record)));
            }
            String where = table.name() + " in life " + life;
            assertTrue(rows.equals(scanned(table, world)), "reads and scans differ on " + where);
            model.get(table.name()).settle(rows, where);
        }
    }

    private static Optional<byte[]> read(Table table, StepWorld world, EntryKey place) {
        List<Optional<byte[]>> answers = new ArrayList<>();
        table.read(place.token(), place.key(), Completion.of(answers::add, EngineModelTest::fail));
        while (answers.isEmpty()) {
            assertTrue(world.step(), "a read never ended");
        }
        return answers.get(0);
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
                    entry -> rows.put(new EntryKey(entry.token(), entry.key()), SetRecords.numbers(entry.record())));
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

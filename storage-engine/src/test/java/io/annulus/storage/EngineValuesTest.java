package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import io.annulus.api.version.RecordJoin;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.testkit.Seed;
import io.annulus.storage.testkit.SimulatedEngine;
import io.annulus.storage.testkit.StepWorld;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Large records: written once, collected when dead, and never a wrong answer. */
class EngineValuesTest {

    private static final int BYTES = 4000;
    private static final String FOLDER = "values/";

    private final Random random = Seed.random("EngineValuesTest");
    private final SimulatedFiles disk = Seed.disk(random);
    private final StepWorld world = new StepWorld(random);
    private final Map<Integer, byte[]> model = new TreeMap<>();
    private long stamps;

    /** The record of the greater stamp wins; one of the two arrays. */
    private static class Newest implements RecordJoin {

        @Override
        public byte[] join(byte[] left, byte[] right) {
            return ByteBuffer.wrap(left).getLong() >= ByteBuffer.wrap(right).getLong() ? left : right;
        }

        @Override
        public void verify(byte[] record) {
            assertTrue(record.length >= Long.BYTES);
        }
    }

    @Test
    void mergesMovePointersAndNoRecords() throws IOException {
        SimulatedEngine engine = open();
        Table table = table(engine);
        NavigableMap<String, byte[]> before = new TreeMap<>();
        for (int run = 0; run < 12; run++) {
            for (int i = 0; i < 10; i++) {
                put(table, 10 * run + i);
            }
            flush(engine);
            before.forEach((name, bytes) -> assertArrayEquals(bytes, values().get(name), name));
            before = values();
        }
        assertTrue(engine.engine().status().sstables() < 12, "nothing was merged");
        check(table);
        engine.close(world);
        check(table(open()));
    }

    @Test
    void aRecordIsWrittenOnceAndTheLogHoldsAPointer() throws IOException {
        SimulatedEngine engine = open();
        Table table = table(engine);
        for (int i = 0; i < 20; i++) {
            put(table, i);
        }
        long others = disk.contents().entrySet().stream()
                .filter(file -> !file.getKey().startsWith(FOLDER))
                .mapToLong(file -> file.getValue().length)
                .sum();
        assertTrue(others < 20 * BYTES / 4, () -> others + " bytes beside the value file");
        NavigableMap<String, byte[]> before = values();
        assertEquals(1, before.size());
        flush(engine);
        assertEquals(before.keySet(), values().keySet());
        assertArrayEquals(before.firstEntry().getValue(), values().firstEntry().getValue());
        check(table);
    }

    @Test
    void recordsInTheLogAloneAreReplayedFromTheirValueFile() throws IOException {
        SimulatedEngine engine = open();
        Table table = table(engine);
        for (int i = 0; i < 20; i++) {
            put(table, i);
        }
        NavigableMap<String, byte[]> before = values();
        Table replayed = table(SimulatedEngine.openAfterPowerCut(disk, world));
        check(replayed);
        world.settle();
        check(replayed);
        assertEquals(before.keySet(), values().keySet(), "the records were written anew");
    }

    @Test
    void damageOfAValueInTheLogIsRefused() throws IOException {
        SimulatedEngine engine = open();
        Table table = table(engine);
        for (int i = 0; i < 3; i++) {
            put(table, i);
        }
        disk.flip(values().firstKey(), 100, 3);
        assertThrows(CorruptDataException.class, () -> SimulatedEngine.openAfterPowerCut(disk, world));
    }

    @Test
    void deadRecordsAreCollectedAndLiveOnesNeverLost() throws IOException {
        SimulatedEngine engine = open();
        Table table = table(engine);
        for (int round = 0; round < 200; round++) {
            for (int i = 0; i < 10; i++) {
                put(table, random.nextInt(40));
            }
            flush(engine);
            if (round % 20 == 0) {
                check(table);
            }
        }
        check(table);
        // Four runs of ten may wait to be merged, and of what is merged half may be garbage.
        long most = (2 * 40 + 40) * (BYTES + 100L);
        long bytes =
                values().values().stream().mapToLong(content -> content.length).sum();
        assertTrue(bytes < most, () -> bytes + " bytes");
        assertTrue(engine.events().isEmpty());
        engine.close(world);
        check(table(open()));
    }

    @Test
    void aRunOfMuchGarbageIsRewrittenThoughNothingElseIsToBeMerged() throws IOException {
        SimulatedEngine engine = open();
        Table table = table(engine);
        for (int run = 0; run < 4; run++) {
            for (int i = 0; i < 10; i++) {
                put(table, i);
            }
            flush(engine);
        }
        assertEquals(1, values().size(), () -> values().keySet().toString());
        check(table);
    }

    @Test
    void damageOfAValueIsReportedAndOthersAreRead() throws IOException {
        SimulatedEngine engine = open();
        Table table = table(engine);
        for (int i = 0; i < 20; i++) {
            put(table, i);
        }
        flush(engine);
        String file = values().firstKey();
        disk.flip(file, values().get(file).length / 2, 3);
        int damaged = 0;
        for (int i = 0; i < 20; i++) {
            Object answer = read(table, i);
            if (answer instanceof CorruptDataException damage) {
                assertTrue(damage.getMessage().contains("value file"), damage.getMessage());
                damaged++;
            } else {
                assertArrayEquals(model.get(i), (byte[]) answer);
            }
        }
        assertEquals(1, damaged);
        assertFalse(engine.engine().status().cause().isEmpty(), "the status says nothing of the damage");
    }

    @Test
    void aMissingFileIsNeverAnAbsence() throws IOException {
        SimulatedEngine engine = open();
        put(table(engine), 1);
        flush(engine);
        engine.close(world);
        disk.delete(values().firstKey());
        assertInstanceOf(CorruptDataException.class, read(table(open()), 1));
    }

    /** The files go between the reading of one value and of the next. */
    @Test
    void aReaderWhoseValueFilesAreDeletedMeanwhileLooksAgain() throws IOException {
        SimulatedEngine engine = open();
        Runnable[] meanwhile = {() -> {}};
        Newest join = new Newest() {
            @Override
            public byte[] join(byte[] left, byte[] right) {
                Runnable now = meanwhile[0];
                meanwhile[0] = () -> {};
                now.run();
                return super.join(left, right);
            }
        };
        Table table = engine.engine().openTable(new TableSpec("data", join));
        put(table, 1);
        flush(engine);
        String oldest = values().firstKey();
        put(table, 1);
        engine.engine().flush();
        while (engine.engine().status().sstables() < 2) {
            assertTrue(world.step(), "no second run");
        }
        byte[] newest = record();
        table.append(Token.of(key(1)), key(1), newest, Completion.of(done -> {}, EngineValuesTest::fail));
        world.settleLog();
        meanwhile[0] = () -> {
            assertTrue(values().containsKey(oldest), "it is gone already");
            world.settle();
            assertFalse(values().containsKey(oldest), "it is there still");
        };
        Optional<byte[]> found = engine.engine().reader("data").read(Token.of(key(1)), key(1));
        assertFalse(values().containsKey(oldest), "nothing came between");
        assertArrayEquals(newest, found.orElseThrow());
        assertTrue(engine.events().isEmpty());
    }

    @Test
    void smallRecordsMakeNoFile() throws IOException {
        SimulatedEngine engine = open();
        Table table = table(engine);
        byte[] record = new byte[SimulatedEngine.SEPARATE_BYTES - 1];
        table.append(Token.of(key(1)), key(1), record, Completion.of(done -> {}, EngineValuesTest::fail));
        flush(engine);
        assertTrue(values().isEmpty());
        assertArrayEquals(record, (byte[]) read(table, 1));
    }

    private SimulatedEngine open() throws IOException {
        return SimulatedEngine.open(disk, world, 1 << 20);
    }

    private static Table table(SimulatedEngine engine) {
        return engine.engine().openTable(new TableSpec("data", new Newest()));
    }

    private NavigableMap<String, byte[]> values() {
        NavigableMap<String, byte[]> values = new TreeMap<>();
        disk.contents().forEach((name, content) -> {
            if (name.startsWith(FOLDER)) {
                values.put(name, content.clone());
            }
        });
        return values;
    }

    private void put(Table table, int i) {
        byte[] record = record();
        List<Durability> acks = new ArrayList<>();
        table.append(Token.of(key(i)), key(i), record, Completion.of(acks::add, EngineValuesTest::fail));
        world.settle();
        assertEquals(List.of(Durability.SYNCED), acks);
        model.put(i, record);
    }

    private byte[] record() {
        byte[] noise = new byte[BYTES];
        random.nextBytes(noise);
        return ByteBuffer.wrap(noise).putLong(0, ++stamps).array();
    }

    private void flush(SimulatedEngine engine) {
        world.settle();
        engine.engine().flush();
        world.settle();
        assertTrue(engine.engine().isSettled());
    }

    private void check(Table table) {
        model.forEach((i, record) -> assertArrayEquals(record, (byte[]) read(table, i), "key " + i));
    }

    /** The record, null for none, or the failure. */
    private Object read(Table table, int i) {
        List<Object> answers = new ArrayList<>();
        table.read(
                Token.of(key(i)),
                key(i),
                Completion.of((Optional<byte[]> record) -> answers.add(record.orElse(null)), answers::add));
        while (answers.isEmpty()) {
            assertTrue(world.step(), "a read never ended");
        }
        return answers.get(0);
    }

    private static byte[] key(int i) {
        return Arrays.copyOf(("key-" + i).getBytes(StandardCharsets.UTF_8), 16);
    }

    private static void fail(Throwable failure) {
        throw new AssertionError(failure);
    }
}

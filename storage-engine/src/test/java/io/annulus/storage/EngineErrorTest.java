package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.StorageFencedException;
import io.annulus.api.storage.StorageFullException;
import io.annulus.api.storage.StorageStatus;
import io.annulus.api.storage.SystemStore;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import io.annulus.api.version.CorruptRecordException;
import io.annulus.api.version.RecordJoin;
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
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Errors of the JVM and of callers: every operation ends, nothing acknowledged is lost, everything stays bounded. */
class EngineErrorTest {

    private final Random random = Seed.random("EngineErrorTest");
    private final SimulatedFiles disk = Seed.disk(random);
    private final StepWorld world = new StepWorld(random);
    private final List<Object> outcomes = new ArrayList<>();

    @Test
    void anErrorWhileAMemtableIsWrittenOutLosesNothing() throws IOException {
        SimulatedEngine engine = open();
        Table table = table(engine, new SetRecords());
        append(table, 1);
        world.settle();
        engine.engine().flush();
        world.step();
        disk.throwOnce(new OutOfMemoryError("of the test"));
        settleAsThreadsDo();
        append(table, 2);
        settleAsThreadsDo();
        engine.engine().flush();
        settleAsThreadsDo();
        assertEquals(Durability.SYNCED, outcomes.get(0));
        SimulatedEngine next = SimulatedEngine.openAfterPowerCut(disk, world);
        assertTrue(read(table(next, new SetRecords()), 1).isPresent(), "an acked write is lost");
        assertEquals(StorageStatus.State.FENCED, engine.engine().status().state());
    }

    @Test
    void oneThrowingCompletionKeepsNoOtherFromItsEnd() throws IOException {
        Table table = table(open(), new SetRecords());
        table.append(
                Token.of(key(1)),
                key(1),
                SetRecords.of(1),
                Completion.of(
                        result -> {
                            throw new AssertionError("of the test");
                        },
                        outcomes::add));
        append(table, 2);
        settleAsThreadsDo();
        assertEquals(List.of(Durability.SYNCED), outcomes);
    }

    @Test
    void anErrorEndsAReadOfFiles() throws IOException {
        SimulatedEngine engine = open();
        Table table = table(engine, failingWith(new StackOverflowError("of the test")));
        append(table, 1);
        engine.engine().flush();
        world.settle();
        append(table, 1);
        world.settle();
        table.read(Token.of(key(1)), key(1), recorded());
        settleAsThreadsDo();
        assertInstanceOf(StackOverflowError.class, outcomes.get(2));
    }

    @Test
    void aRecordInMemoryThatCannotBeJoinedFailsTheRead() throws IOException {
        SimulatedEngine engine = open();
        Table table = table(engine, failingWith(new CorruptRecordException("of the test")));
        append(table, 1);
        world.settleLog();
        engine.engine().flush();
        append(table, 1);
        world.settleLog();
        table.read(Token.of(key(1)), key(1), recorded());
        assertInstanceOf(CorruptDataException.class, outcomes.get(0));
    }

    @Test
    void anErrorEndsAWriteOfASystemValue() throws IOException {
        SimulatedEngine engine = open();
        world.settle();
        disk.throwOnce(new OutOfMemoryError("of the test"));
        engine.engine().system().write("ring", new byte[1], recorded());
        settleAsThreadsDo();
        assertInstanceOf(StorageFencedException.class, outcomes.get(0));
    }

    @Test
    void waitingSystemValuesAreBoundedInBytes() throws IOException {
        SimulatedEngine engine = open();
        byte[] large = new byte[SystemStore.MAX_BYTES];
        for (int i = 0; i < 5; i++) {
            engine.engine().system().write("ring", large, recorded());
        }
        assertEquals(1, outcomes.size());
        assertInstanceOf(StorageFullException.class, outcomes.get(0));
        world.settle();
        engine.engine().system().write("ring", large, recorded());
        world.settle();
        assertEquals(List.of("ring", "ring", "ring", "ring", "ring"), outcomes.subList(1, 6));
    }

    @Test
    void replayedRecordsCountAsMemoryUntilTheyAreWrittenOut() throws IOException {
        append(table(open(), new SetRecords()), 1);
        world.settle();
        SimulatedEngine next = SimulatedEngine.openAfterPowerCut(disk, world);
        table(next, new SetRecords());
        assertTrue(next.engine().status().memtableBytes() > 0);
        world.settle();
        assertEquals(0, next.engine().status().memtableBytes());
    }

    @Test
    void aRecordThatRottedInMemoryIsNeverWrittenOut() throws IOException {
        SimulatedEngine engine = open();
        Table table = table(engine, new SetRecords());
        // Large enough to stay in the array that it was handed over in.
        long[] numbers = LongStream.range(0, 3000).toArray();
        byte[] record = SetRecords.of(numbers);
        table.append(Token.of(key(1)), key(1), record, recorded());
        world.settle();
        record[6] ^= 1;
        engine.engine().flush();
        world.settle();
        assertEquals(StorageStatus.State.FENCED, engine.engine().status().state());
        SimulatedEngine next = SimulatedEngine.openAfterPowerCut(disk, world);
        Optional<byte[]> healed = read(table(next, new SetRecords()), 1);
        assertArrayEquals(SetRecords.of(numbers), healed.orElseThrow());
    }

    @Test
    void aDamagedRunStopsOnlyItsOwnMerges() throws IOException {
        SimulatedEngine engine = open();
        Table table = table(engine, new SetRecords());
        for (int i = 0; i < 3; i++) {
            flushed(engine, table, i);
        }
        String file = disk.contents().keySet().stream()
                .filter(name -> name.endsWith(".sst"))
                .findFirst()
                .orElseThrow();
        disk.flip(file, 7, 0);
        for (int i = 3; i < 20; i++) {
            flushed(engine, table, i);
        }
        StorageStatus status = engine.engine().status();
        assertTrue(status.sstables() < 9, () -> status.sstables() + " runs");
        assertTrue(status.cause().contains(".sst"), status::cause);
        assertTrue(disk.contents().containsKey(file), "what is damaged is kept");
    }

    @Test
    void damageThatAReaderMetIsInTheStatus() throws IOException {
        SimulatedEngine engine = open();
        Table table = table(engine, new SetRecords());
        flushed(engine, table, 1);
        String file = disk.contents().keySet().stream()
                .filter(name -> name.endsWith(".sst"))
                .findFirst()
                .orElseThrow();
        disk.flip(file, 7, 0);
        assertEquals("", engine.engine().status().cause());
        table.read(Token.of(key(1)), key(1), recorded());
        world.settle();
        assertTrue(
                engine.engine().status().cause().contains(".sst"),
                engine.engine().status()::cause);
    }

    @Test
    void aMergeGivesUpBeforeTheDiskIsFullAndIsTriedAgain() throws IOException {
        SimulatedEngine engine = SimulatedEngine.withReserve(disk, world, 1000);
        Table table = table(engine, new SetRecords());
        for (int i = 0; i < 3; i++) {
            flushed(engine, table, i);
        }
        append(table, 3);
        engine.engine().flush();
        while (engine.engine().status().sstables() < 4) {
            assertTrue(world.step(), "no fourth run");
        }
        disk.setUsableBytes(999);
        world.settle();
        assertEquals(4, engine.engine().status().sstables(), "it was merged into the reserve");
        disk.setUsableBytes(Long.MAX_VALUE);
        flushed(engine, table, 4);
        assertEquals(1, engine.engine().status().sstables());
        assertEquals(List.of(), engine.events());
    }

    @Test
    void aClosedEngineLeavesNoTimer() throws IOException {
        SimulatedEngine engine = open();
        world.settle();
        append(table(engine, new SetRecords()), 1);
        world.settle();
        // To begin the log, to sync it, and to write memtables out by age.
        assertEquals(3, world.timers());
        engine.close(world);
        assertEquals(0, world.timers());
    }

    private SimulatedEngine open() throws IOException {
        return SimulatedEngine.open(disk, world, 1 << 20);
    }

    /** A thread that throws is replaced, and takes the next task. */
    private void settleAsThreadsDo() {
        boolean more = true;
        while (more) {
            try {
                more = world.step();
            } catch (OutOfMemoryError | AssertionError | StackOverflowError e) {
                assertTrue(e.getMessage() != null, "not thrown by the test");
            }
        }
    }

    private void flushed(SimulatedEngine engine, Table table, int i) {
        append(table, i);
        world.settle();
        engine.engine().flush();
        world.settle();
    }

    private static RecordJoin failingWith(Throwable failure) {
        return new RecordJoin() {
            @Override
            public byte[] join(byte[] left, byte[] right) {
                if (failure instanceof Error error) {
                    throw error;
                }
                throw (CorruptRecordException) failure;
            }

            @Override
            public void verify(byte[] record) {
                new SetRecords().verify(record);
            }
        };
    }

    private static Table table(SimulatedEngine engine, RecordJoin join) {
        return engine.engine().openTable(new TableSpec("data", join));
    }

    private <T> Completion<T> recorded() {
        return Completion.of(outcomes::add, outcomes::add);
    }

    private void append(Table table, int i) {
        table.append(Token.of(key(i)), key(i), SetRecords.of(i), recorded());
    }

    private Optional<byte[]> read(Table table, int i) {
        List<Optional<byte[]>> answers = new ArrayList<>();
        table.read(Token.of(key(i)), key(i), Completion.of(answers::add, failure -> answers.add(Optional.empty())));
        while (answers.isEmpty()) {
            assertTrue(world.step(), "a read never ended");
        }
        return answers.get(0);
    }

    private static byte[] key(int i) {
        return ("key-" + i).getBytes(StandardCharsets.UTF_8);
    }
}

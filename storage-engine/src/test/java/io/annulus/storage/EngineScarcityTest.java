package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.Job;
import io.annulus.api.storage.StorageFencedException;
import io.annulus.api.storage.StorageFullException;
import io.annulus.api.storage.StorageStatus;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.file.ScarceException;
import io.annulus.storage.testkit.DirectoryEngine;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk without room, a process without descriptors, files that go: what fails, what waits, and what goes on by itself. */
class EngineScarcityTest {

    private static final int RUNS = 3;

    private final Random random = Seed.random("EngineScarcityTest");
    private final SimulatedFiles disk = Seed.disk(random);
    private final StepWorld world = new StepWorld(random);
    private final List<Object> outcomes = new ArrayList<>();

    @Test
    void aFlushWithoutRoomKeepsMemtableAndLogAndIsDoneWhenThereIsSome() throws IOException {
        SimulatedEngine engine = SimulatedEngine.open(disk, world, 1 << 20);
        Table table = table(engine.engine());
        write(table, 1);
        engine.engine().flush();
        world.settleLog();
        disk.setFull(true);
        world.settle();
        assertEquals(Job.State.PAUSED, flush(engine).state());
        assertEquals(StorageStatus.State.OPEN, engine.engine().status().state());
        assertTrue(
                engine.engine().status().cause().contains("make room"),
                engine.engine().status()::cause);
        assertTrue(engine.engine().status().memtableBytes() > 0);
        assertTrue(read(table, 1).isPresent());
        disk.setFull(false);
        world.ring();
        world.settle();
        assertEquals(Job.State.DONE, flush(engine).state());
        assertEquals(1, engine.engine().status().sstables());
        assertEquals(0, engine.engine().status().memtableBytes());
        assertEquals("", engine.engine().status().cause());
        assertSound(engine, 1);
    }

    /** Room ends at each change that writing out and merging makes, and comes back. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void roomThatEndsAtAnyChangeLosesNothingAndFencesNothing(boolean powerCut) throws IOException {
        int tries = 0;
        boolean reached = true;
        for (long change = 1; reached; change++) {
            SimulatedFiles files = Seed.disk(random);
            SimulatedEngine engine = SimulatedEngine.open(files, world, 1 << 20);
            Table table = table(engine.engine());
            for (int i = 0; i < RUNS; i++) {
                write(table, i);
                engine.engine().flush();
                world.settle();
            }
            write(table, RUNS);
            engine.engine().flush();
            world.settleLog();
            files.fillAfter(change);
            world.settle();
            reached = files.usableBytes() == 0;
            assertEquals(List.of(), engine.events(), "change " + change);
            if (powerCut) {
                world.crash();
                files.cutPower();
                files.powerOn();
                files.setFull(false);
                engine = SimulatedEngine.open(files, world, 1 << 20);
                table = table(engine.engine());
            } else {
                files.setFull(false);
                world.ring();
            }
            world.settle();
            int sstables = engine.engine().status().sstables();
            assertTrue(sstables == 1 || powerCut, "change " + change);
            for (int i = 0; i <= RUNS; i++) {
                assertTrue(read(table, i).isPresent(), "key " + i + ", change " + change);
            }
            assertEquals(
                    sstables,
                    files.contents().keySet().stream()
                            .filter(path -> path.startsWith("sstables/"))
                            .count(),
                    "change " + change);
            assertEquals(
                    2,
                    files.contents().keySet().stream()
                            .filter(path -> path.startsWith("values/"))
                            .count(),
                    "value files, change " + change);
            world.crash();
            tries++;
        }
        assertTrue(tries > 8, tries + " tries");
    }

    @Test
    void withoutDescriptorsAFlushWaits() throws IOException {
        SimulatedEngine engine = SimulatedEngine.open(disk, world, 1 << 20);
        Table table = table(engine.engine());
        write(table, 1);
        engine.engine().flush();
        world.settleLog();
        disk.setOutOfDescriptors(true);
        world.settle();
        assertTrue(read(table, 1).isPresent());
        assertTrue(
                engine.engine().status().cause().contains("open files"),
                engine.engine().status()::cause);
        disk.setOutOfDescriptors(false);
        world.ring();
        world.settle();
        assertEquals(1, engine.engine().status().sstables());
        assertSound(engine, 1);
    }

    @Test
    void withoutDescriptorsTheLogGoesOnInItsSegment() throws IOException {
        SimulatedEngine engine = SimulatedEngine.open(disk, world, 1 << 20);
        Table table = table(engine.engine());
        write(table, 1);
        disk.setOutOfDescriptors(true);
        engine.engine().flush();
        world.settle();
        write(table, 2);
        assertTrue(read(table, 2).isPresent());
        assertTrue(
                engine.engine().status().cause().contains("no log segment can be begun"),
                engine.engine().status()::cause);
        disk.setOutOfDescriptors(false);
        engine.engine().flush();
        world.settle();
        assertEquals("", engine.engine().status().cause());
        assertEquals(1, engine.engine().status().sstables());
        assertSound(engine, 2);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void withoutTheFirstSegmentOfALifeWritesAreRefusedUntilItIsThere(boolean full) throws IOException {
        SimulatedEngine former = SimulatedEngine.open(disk, world, 1 << 20);
        write(table(former.engine()), 1);
        former.close(world);
        SimulatedEngine engine = SimulatedEngine.open(disk, world, 1 << 20, true);
        Table table = table(engine.engine());
        world.settle();
        lack(full, true);
        write(table, 2);
        StorageFullException refusal = assertInstanceOf(StorageFullException.class, outcomes.get(1));
        assertTrue(refusal.getMessage().contains("no log segment can be begun"), refusal::getMessage);
        assertTrue(read(table, 1).isPresent());
        assertTrue(read(table, 2).isEmpty());
        assertEquals(StorageStatus.State.OPEN, engine.engine().status().state());
        assertEquals(refusal.getMessage(), engine.engine().status().cause());
        world.ring();
        world.settle();
        lack(full, false);
        world.ring();
        world.settle();
        assertEquals("", engine.engine().status().cause());
        write(table, 2);
        assertEquals(Durability.SYNCED, outcomes.get(2));
        assertSound(engine, 2);
    }

    private void lack(boolean full, boolean isLacking) {
        if (full) {
            disk.setFull(isLacking);
        } else {
            disk.setOutOfDescriptors(isLacking);
        }
    }

    /** No descriptor for a table does not mean that it is damaged. */
    @Test
    void withoutDescriptorsAnOpeningFailsAndLosesNothing() throws IOException {
        SimulatedEngine engine = SimulatedEngine.open(disk, world, 1 << 20);
        write(table(engine.engine()), 1);
        engine.engine().flush();
        world.settle();
        engine.close(world);
        disk.setOutOfDescriptors(true);
        assertThrows(ScarceException.class, () -> SimulatedEngine.open(disk, world, 1 << 20, true));
        disk.setOutOfDescriptors(false);
        assertTrue(read(table(SimulatedEngine.open(disk, world, 1 << 20, true).engine()), 1)
                .isPresent());
    }

    @Test
    void aMergeWithoutRoomIsDoneWhenThereIsSomeThoughNothingIsWritten() throws IOException {
        SimulatedEngine engine = SimulatedEngine.withReserve(disk, world, 1000);
        Table table = table(engine.engine());
        for (int i = 0; i < 4; i++) {
            write(table, i);
            engine.engine().flush();
            while (engine.engine().status().sstables() <= i) {
                assertTrue(world.step(), "no further run");
            }
        }
        disk.setUsableBytes(999);
        world.settle();
        assertEquals(4, engine.engine().status().sstables());
        world.ring();
        world.settle();
        assertEquals(4, engine.engine().status().sstables(), "merged into the reserve");
        disk.setUsableBytes(Long.MAX_VALUE);
        world.ring();
        world.settle();
        assertEquals(1, engine.engine().status().sstables());
        assertSound(engine, 1);
    }

    @Test
    void writesAreRefusedBelowTheReserveAndTakenAboveItAgain() throws IOException {
        SimulatedEngine engine = SimulatedEngine.withReserve(disk, world, 1000);
        Table table = table(engine.engine());
        write(table, 1);
        disk.setUsableBytes(999);
        write(table, 2);
        assertInstanceOf(StorageFullException.class, outcomes.get(1));
        assertTrue(
                engine.engine().status().cause().contains("999 bytes left"),
                engine.engine().status()::cause);
        assertTrue(read(table, 1).isPresent());
        disk.setUsableBytes(1000);
        assertEquals("", engine.engine().status().cause());
        write(table, 4);
        write(table, 3);
        assertInstanceOf(StorageFullException.class, outcomes.get(3), "a large record went into the reserve");
        disk.setUsableBytes(1 << 20);
        write(table, 5);
        assertEquals(Optional.empty(), read(table, 3));
        assertTrue(read(table, 4).isPresent());
        assertSound(engine, 5);
    }

    @Test
    void onAFullDiskOldMemtablesStayWhereTheyAre() throws IOException {
        SimulatedEngine engine = SimulatedEngine.withReserve(disk, world, 1000);
        Table table = table(engine.engine());
        write(table, 1);
        disk.setFull(true);
        for (int i = 0; i < 3; i++) {
            world.ring();
            world.settle();
        }
        assertTrue(read(table, 1).isPresent());
        disk.setFull(false);
        for (int i = 0; i < 2; i++) {
            world.ring();
            world.settle();
        }
        assertEquals(1, engine.engine().status().sstables());
        assertSound(engine, 1);
    }

    @Test
    void aFileSystemWithoutRoomForOneSegmentIsRefusedWithoutEffect() throws IOException {
        DirectoryEngine engine = DirectoryEngine.empty();
        write(table(engine.engine()), 1, engine.world());
        engine.disk().setUsableBytes(DirectoryEngine.RESERVE_BYTES / 8);
        StorageOpenException refusal = assertThrows(StorageOpenException.class, engine::reopen);
        assertTrue(refusal.getMessage().contains("make room"), refusal::getMessage);
        engine.disk().setUsableBytes(DirectoryEngine.RESERVE_BYTES / 2);
        engine.reopen();
        assertTrue(read(table(engine.engine()), 1, engine.world()).isPresent(), "it reads below the reserve");
    }

    @Test
    void aSystemValueWithoutRoomIsRefusedAndTheFormerStays() throws IOException {
        SimulatedEngine engine = SimulatedEngine.open(disk, world, 1 << 20);
        Completion<String> end = Completion.of(outcomes::add, outcomes::add);
        engine.engine().system().write("ring", new byte[] {1}, end);
        world.settle();
        disk.setFull(true);
        engine.engine().system().write("ring", new byte[] {2}, end);
        world.settle();
        assertInstanceOf(StorageFullException.class, outcomes.get(1));
        assertEquals(1, engine.engine().system().read("ring").orElseThrow()[0]);
        disk.setFull(false);
        engine.engine().system().write("ring", new byte[] {3}, end);
        world.settle();
        assertEquals(List.of(), engine.events());
        SimulatedEngine next = SimulatedEngine.openAfterPowerCut(disk, world);
        assertEquals(3, next.engine().system().read("ring").orElseThrow()[0]);
    }

    @Test
    void aFileSystemThatBecomesReadOnlyFencesAndGoesOnReading() throws IOException {
        SimulatedEngine engine = SimulatedEngine.open(disk, world, 1 << 20);
        Table table = table(engine.engine());
        write(table, 1);
        disk.setReadOnly(true);
        write(table, 2);
        StorageFencedException refusal = assertInstanceOf(StorageFencedException.class, outcomes.get(1));
        assertTrue(refusal.getMessage().contains("read-only"), refusal::getMessage);
        assertTrue(
                engine.engine().status().cause().contains("read-only"),
                engine.engine().status()::cause);
        assertTrue(read(table, 1).isPresent());
    }

    @Test
    void aFileThatIsDeletedIsReadUntilTheCloseAndNeverAnAbsence() throws IOException {
        SimulatedEngine engine = SimulatedEngine.open(disk, world, 1 << 20);
        Table table = table(engine.engine());
        write(table, 1);
        engine.engine().flush();
        world.settle();
        String file = disk.contents().keySet().stream()
                .filter(path -> path.endsWith(".sst"))
                .findFirst()
                .orElseThrow();
        disk.delete(file);
        assertTrue(read(table, 1).isPresent());
        write(table, 2);
        engine.close(world);
        SimulatedEngine next = SimulatedEngine.open(disk, world, 1 << 20, true);
        CorruptDataException failure = assertInstanceOf(
                CorruptDataException.class,
                answer(table(next.engine()), 1, world).get(0));
        assertTrue(failure.getMessage().contains(file.replaceFirst(".*/", "")), failure::getMessage);
        assertEquals(StorageStatus.State.OPEN, next.engine().status().state());
    }

    private void assertSound(SimulatedEngine engine, int key) throws IOException {
        assertEquals(List.of(), engine.events());
        SimulatedEngine next = SimulatedEngine.openAfterPowerCut(disk, world);
        assertTrue(read(table(next.engine()), key).isPresent());
    }

    private static Job flush(SimulatedEngine engine) {
        return engine.engine().jobs().stream()
                .filter(job -> job.name().equals("flush"))
                .findFirst()
                .orElseThrow();
    }

    private static Table table(LsmEngine engine) {
        return engine.openTable(new TableSpec("data", new SetRecords()));
    }

    private void write(Table table, int i) {
        write(table, i, world);
    }

    private void write(Table table, int i, StepWorld in) {
        table.append(Token.of(key(i)), key(i), record(i), Completion.of(outcomes::add, outcomes::add));
        in.settle();
    }

    /** Every other one is so large that it goes to a value file. */
    private static byte[] record(int i) {
        return i % 2 == 0
                ? SetRecords.of(i)
                : SetRecords.of(
                        LongStream.range(i, i + EngineConfig.SEPARATE_BYTES / 2).toArray());
    }

    private Optional<?> read(Table table, int i) {
        return read(table, i, world);
    }

    private static Optional<?> read(Table table, int i, StepWorld in) {
        return assertInstanceOf(Optional.class, answer(table, i, in).get(0));
    }

    private static List<Object> answer(Table table, int i, StepWorld in) {
        List<Object> answers = new ArrayList<>();
        table.read(Token.of(key(i)), key(i), Completion.of(answers::add, answers::add));
        while (answers.isEmpty()) {
            assertTrue(in.step(), "a read never ended");
        }
        return answers;
    }

    private static byte[] key(int i) {
        return ("key-" + i).getBytes(StandardCharsets.UTF_8);
    }
}

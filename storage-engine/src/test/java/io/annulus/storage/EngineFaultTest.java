package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.StorageFencedException;
import io.annulus.api.storage.StorageFullException;
import io.annulus.api.storage.StorageStatus;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableOptions;
import io.annulus.api.storage.TableSpec;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.testkit.Seed;
import io.annulus.storage.testkit.SetRecords;
import io.annulus.storage.testkit.SimulatedEngine;
import io.annulus.storage.testkit.SimulatedSegments;
import io.annulus.storage.testkit.StepWorld;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class EngineFaultTest {

    private final Random random = Seed.random("EngineFaultTest");
    private final SimulatedFiles disk = Seed.disk(random);
    private final StepWorld world = new StepWorld(random);
    private final List<Object> outcomes = new ArrayList<>();

    @Test
    void nothingIsVisibleOrAckedBeforeTheSync() throws IOException {
        SimulatedEngine engine = SimulatedEngine.open(disk, world, 1 << 20);
        Table table = table(engine);
        world.settle();
        append(table, 1);
        assertEquals(Optional.empty(), read(table, 1));
        assertTrue(outcomes.isEmpty());
        world.settle();
        assertEquals(List.of(Durability.SYNCED), outcomes);
        assertTrue(read(table, 1).isPresent());
    }

    @Test
    void whatNeedNotBeSyncedIsVisibleAndAckedAtOnceAndSyncedInTime() throws IOException {
        for (Durability durability : List.of(Durability.WRITTEN, Durability.MEMORY)) {
            outcomes.clear();
            SimulatedEngine engine = SimulatedEngine.openAfterPowerCut(disk, world);
            Table table = table(engine, durability);
            append(table, 0);
            world.settle();
            append(table, 1);
            assertEquals(List.of(durability, durability), outcomes);
            assertTrue(read(table, 1).isPresent());
            append(table, 2);
            world.ring();
            world.settle();
            append(table, 3);
            Table survived = table(SimulatedEngine.openAfterPowerCut(disk, world), durability);
            assertTrue(read(survived, 1).isPresent() && read(survived, 2).isPresent(), durability + " was not synced");
        }
    }

    @Test
    void aSyncThatFailsInTheBackgroundFences() throws IOException {
        SimulatedEngine engine = SimulatedEngine.open(disk, world, 1 << 20);
        Table table = table(engine, Durability.WRITTEN);
        world.settle();
        append(table, 1);
        world.settle();
        disk.setFailsSync(true);
        world.ring();
        world.settle();
        append(table, 2);
        assertEquals(Durability.WRITTEN, outcomes.get(0));
        assertInstanceOf(StorageFencedException.class, outcomes.get(1));
        assertEquals(StorageStatus.State.FENCED, engine.engine().status().state());
    }

    @Test
    void writesOfBothKindsKeepTheirOrderWhileTheLogThreadHasTheLog() throws IOException {
        SimulatedEngine engine = SimulatedEngine.open(disk, world, 1 << 20);
        Table synced = table(engine);
        Table written = table(engine, Durability.WRITTEN);
        // The log is not begun yet: nothing can be written at once.
        append(written, 1);
        append(synced, 2);
        assertEquals(List.of(), outcomes);
        world.settle();
        append(written, 3);
        assertEquals(List.of(Durability.WRITTEN, Durability.SYNCED, Durability.WRITTEN), outcomes);
        engine.close(world);
        append(written, 4);
        assertInstanceOf(StorageFullException.class, outcomes.get(3));
    }

    @Test
    void aMissingSegmentIsRefusedByItsNumber() throws IOException {
        // Each segment holds a table that no later life opens.
        for (int life = 1; life <= 3; life++) {
            SimulatedEngine engine = SimulatedEngine.openAfterPowerCut(disk, world);
            append(engine.engine().openTable(new TableSpec("t" + life, new SetRecords())), life);
            world.settle();
        }
        disk.delete(SimulatedSegments.path(2));
        disk.syncFolder("log/0000000002");
        disk.delete("log/0000000002");
        disk.syncFolder("log");
        CorruptDataException refusal =
                assertThrows(CorruptDataException.class, () -> SimulatedEngine.openAfterPowerCut(disk, world));
        assertTrue(refusal.getMessage().contains("segment 2"), refusal::getMessage);
        assertTrue(refusal.getMessage().contains("is missing"), refusal::getMessage);
    }

    @Test
    void aFailedSyncFencesForEver() throws IOException {
        SimulatedEngine engine = SimulatedEngine.open(disk, world, 1 << 20);
        Table table = table(engine);
        append(table, 1);
        world.settle();
        disk.setFailsSync(true);
        append(table, 2);
        append(table, 3);
        world.settle();
        append(table, 4);
        engine.engine().system().write("ring", new byte[1], recorded());
        world.settle();
        assertEquals(5, outcomes.size());
        outcomes.subList(1, 5).forEach(outcome -> assertInstanceOf(StorageFencedException.class, outcome));
        assertEquals(Optional.empty(), read(table, 2));
        assertTrue(read(table, 1).isPresent());
        assertEquals(StorageStatus.State.FENCED, engine.engine().status().state());
        assertEquals(1, engine.events().size());
        long changes = disk.changes();
        engine.close(world);
        assertEquals(changes, disk.changes(), "a fenced engine writes nothing more");
    }

    @Test
    void aFullQueueRefusesAtOnceAndWithoutEffect() throws IOException {
        SimulatedEngine engine = SimulatedEngine.open(disk, world, 1 << 20);
        Table table = table(engine);
        for (int i = 0; i < 1001; i++) {
            append(table, i);
        }
        assertEquals(1, outcomes.size());
        assertInstanceOf(StorageFullException.class, outcomes.get(0));
        world.settle();
        assertEquals(Optional.empty(), read(table, 1000));
        assertTrue(read(table, 999).isPresent());
    }

    @Test
    void aDamagedRecordIsRefusedWithoutEffect() throws IOException {
        SimulatedEngine engine = SimulatedEngine.open(disk, world, 1 << 20);
        Table table = table(engine);
        byte[] record = SetRecords.of(1);
        record[5] ^= 1;
        table.append(Token.of(key(1)), key(1), record, recorded());
        assertInstanceOf(CorruptDataException.class, outcomes.get(0));
        world.settle();
        assertEquals(Optional.empty(), read(table, 1));
    }

    @Test
    void aDamagedSortedTableIsNeverAnAbsence() throws IOException {
        SimulatedEngine engine = SimulatedEngine.open(disk, world, 1 << 20);
        Table table = table(engine);
        for (int i = 0; i < 500; i++) {
            append(table, i);
            world.settle();
        }
        engine.engine().flush();
        world.settle();
        String file = disk.contents().keySet().stream()
                .filter(name -> name.endsWith(".sst"))
                .findFirst()
                .orElseThrow();
        disk.flip(file, 100, 0);
        int unknown = 0;
        for (int i = 0; i < 500; i++) {
            List<Object> answer = answer(table, i);
            boolean failed = answer.get(0) instanceof CorruptDataException;
            unknown += failed ? 1 : 0;
            assertTrue(failed || ((Optional<?>) answer.get(0)).isPresent(), "key " + i + " became absent");
        }
        assertTrue(unknown > 0, "no key lay in the damaged block");
        engine.close(world);
        disk.flip(file, disk.contents().get(file).length - 1, 0);
        SimulatedEngine next = SimulatedEngine.open(disk, world, 1 << 20, true);
        Table again = table(next);
        assertInstanceOf(CorruptDataException.class, answer(again, 1).get(0));
        assertTrue(
                next.engine().status().cause().contains(".sst"), next.engine().status()::cause);
    }

    @Test
    void aLogThatLostItsEndAfterACleanCloseIsRefused() throws IOException {
        SimulatedEngine engine = SimulatedEngine.open(disk, world, 1 << 20);
        append(table(engine), 1);
        world.settle();
        engine.close(world);
        String file = disk.contents().keySet().stream()
                .filter(name -> name.startsWith("log/"))
                .findFirst()
                .orElseThrow();
        byte[] whole = disk.contents().get(file);
        disk.overwrite(file, Arrays.copyOf(whole, whole.length / 2));
        long changes = disk.changes();
        assertThrows(CorruptDataException.class, () -> SimulatedEngine.open(disk, world, 1 << 20, true));
        assertEquals(changes, disk.changes());
    }

    @Test
    void replicatedTablesRemoveNothing() throws IOException {
        SimulatedEngine engine = SimulatedEngine.open(disk, world, 1 << 20);
        Table table = table(engine);
        assertThrows(UnsupportedOperationException.class, () -> table.remove(Token.of(key(1)), key(1), recorded()));
    }

    @Test
    void systemValuesSurviveAndCompleteInOrder() throws IOException {
        SimulatedEngine engine = SimulatedEngine.open(disk, world, 1 << 20);
        for (byte i = 1; i <= 3; i++) {
            engine.engine().system().write("ring", new byte[] {i}, recorded());
        }
        engine.engine().system().write("dots", new byte[] {9}, recorded());
        assertTrue(engine.engine().system().read("ring").isEmpty());
        world.settle();
        assertEquals(List.of("ring", "ring", "ring", "dots"), outcomes);
        SimulatedEngine next = SimulatedEngine.openAfterPowerCut(disk, world);
        assertEquals(3, next.engine().system().read("ring").orElseThrow()[0]);
        assertEquals(9, next.engine().system().read("dots").orElseThrow()[0]);
    }

    @Test
    void oldMemtablesAreWrittenOutByAge() throws IOException {
        SimulatedEngine engine = SimulatedEngine.open(disk, world, 1 << 20);
        append(table(engine), 1);
        world.settle();
        for (int i = 0; i < 2; i++) {
            world.ring();
            world.settle();
        }
        assertEquals(1, engine.engine().status().sstables());
        assertEquals(0, engine.engine().status().memtableBytes());
    }

    private static Table table(SimulatedEngine engine) {
        return engine.engine().openTable(new TableSpec("data", new SetRecords()));
    }

    private static Table table(SimulatedEngine engine, Durability durability) {
        TableOptions options = TableOptions.DEFAULT.with(durability);
        return engine.engine().openTable(new TableSpec("as-" + durability, new SetRecords(), options));
    }

    private <T> Completion<T> recorded() {
        return Completion.of(outcomes::add, outcomes::add);
    }

    private void append(Table table, int i) {
        table.append(Token.of(key(i)), key(i), SetRecords.of(i), recorded());
    }

    private Optional<?> read(Table table, int i) {
        return assertInstanceOf(Optional.class, answer(table, i).get(0));
    }

    private List<Object> answer(Table table, int i) {
        List<Object> answers = new ArrayList<>();
        table.read(Token.of(key(i)), key(i), Completion.of(answers::add, answers::add));
        while (answers.isEmpty()) {
            assertTrue(world.step(), "a read never ended");
        }
        return answers;
    }

    private static byte[] key(int i) {
        return ("key-" + i).getBytes(StandardCharsets.UTF_8);
    }
}

package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Job;
import io.annulus.api.storage.Snapshot;
import io.annulus.api.storage.StorageFullException;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.file.CheckedFile;
import io.annulus.storage.identity.Identity;
import io.annulus.storage.snapshot.SnapshotList;
import io.annulus.storage.testkit.DirectoryEngine;
import io.annulus.storage.testkit.SetRecords;
import io.annulus.storage.testkit.SimulatedDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Snapshots taken, deleted, refused and restored. */
class EngineSnapshotsTest {

    private final List<Object> outcomes = new ArrayList<>();
    private DirectoryEngine original;

    @BeforeEach
    void open() throws IOException {
        original = DirectoryEngine.empty();
    }

    @Test
    void aRestoredSnapshotHoldsWhatWasAckedBeforeItAndIsAnotherStore() throws IOException {
        write(original, 1);
        original.engine().system().write("ring", new byte[] {7}, recorded());
        original.world().settle();
        create("first");
        append(original, 2);
        original.world().settle();
        DirectoryEngine restored = DirectoryEngine.of(original.disk(), "first");
        assertTrue(read(restored, 1).isPresent());
        assertEquals(Optional.empty(), read(restored, 2));
        assertEquals(7, restored.engine().system().read("ring").orElseThrow()[0]);
        assertTrue(read(original, 2).isPresent());
        assertNotEquals(
                original.engine().identity().storeId(),
                restored.engine().identity().storeId());
        assertNotEquals(
                original.engine().identity().origin(),
                restored.engine().identity().origin());
        long storeId = restored.engine().identity().storeId();
        restored.reopen();
        assertEquals(storeId, restored.engine().identity().storeId(), "it is restored once");
        assertTrue(read(restored, 1).isPresent());
    }

    @Test
    void whatOnlyTheLogHoldsOfATableThatWasNotOpenedIsInTheSnapshot() throws IOException {
        write(original, 1);
        original.reopen();
        create("first");
        assertInstanceOf(Snapshot.class, outcomes.get(outcomes.size() - 1));
        write(original, 2);
        original.engine().flush();
        original.world().settle();
        DirectoryEngine restored = DirectoryEngine.of(original.disk(), "first");
        assertTrue(read(restored, 1).isPresent());
    }

    @Test
    void aSnapshotKeepsItsFilesAndTellsWhatItAloneHolds() throws IOException {
        write(original, 1);
        create("first");
        create("second");
        assertEquals(List.of("first", "second"), names());
        Snapshot before = original.engine().snapshots().list().get(0);
        for (int i = 2; i < 8; i++) {
            write(original, i);
            original.engine().flush();
            original.world().settle();
        }
        Snapshot after = original.engine().snapshots().list().get(0);
        assertEquals(before.bytes(), after.bytes());
        assertTrue(after.heldBytes() > before.heldBytes(), () -> before + " " + after);
        original.engine().snapshots().delete("first", recorded());
        original.world().settle();
        assertEquals(List.of("second"), names());
        assertTrue(read(DirectoryEngine.of(original.disk(), "second"), 1).isPresent());
        original.engine().snapshots().delete("second", recorded());
        original.world().settle();
        assertTrue(original.disk().contents().keySet().stream().noneMatch(path -> path.startsWith("snapshots")));
    }

    @Test
    void namesAreCheckedAndTakenOnce() {
        assertThrows(IllegalArgumentException.class, () -> create(""));
        assertThrows(IllegalArgumentException.class, () -> create("../up"));
        assertThrows(IllegalArgumentException.class, () -> create("a.tmp"));
        original.engine().snapshots().create("first", recorded());
        assertThrows(IllegalArgumentException.class, () -> create("first"));
        original.world().settle();
        assertThrows(IllegalArgumentException.class, () -> create("first"));
        assertThrows(
                IllegalArgumentException.class,
                () -> original.engine().snapshots().delete("second", recorded()));
    }

    @Test
    void progressIsAmongTheJobs() {
        write(original, 1);
        create("first");
        Job job = job("snapshot first");
        assertEquals(Job.State.DONE, job.state());
        assertTrue(job.total() > 0);
        assertEquals(job.total(), job.done());
    }

    @Test
    void aCancelledSnapshotLeavesNothing() {
        write(original, 1);
        original.engine().snapshots().create("first", recorded());
        job("snapshot first").cancel();
        original.world().settle();
        assertInstanceOf(CancellationException.class, outcomes.get(outcomes.size() - 1));
        assertEquals(Job.State.CANCELLED, job("snapshot first").state());
        assertNothingLeft();
    }

    @Test
    void aDiskThatFillsUpEndsASnapshotAndHarmsNothing() throws IOException {
        write(original, 1);
        original.engine().flush();
        original.world().settle();
        original.engine().snapshots().create("first", recorded());
        original.disk().setFull(true);
        original.world().settle();
        assertInstanceOf(StorageFullException.class, outcomes.get(outcomes.size() - 1));
        original.disk().setFull(false);
        assertEquals(List.of(), names());
        create("first");
        assertEquals(List.of("first"), names());
        assertNothingToldOrLost();
    }

    /** Else it would lack what only memtables hold. */
    @Test
    void noSnapshotIsTakenOfMemtablesThatCannotBeFrozen() throws IOException {
        write(original, 1);
        original.disk().setOutOfDescriptors(true);
        original.engine().snapshots().create("first", recorded());
        original.world().settleLog();
        original.disk().setOutOfDescriptors(false);
        original.world().settle();
        assertInstanceOf(StorageFullException.class, outcomes.get(outcomes.size() - 1));
        assertEquals(Job.State.FAILED, job("snapshot first").state());
        assertNothingLeft();
        assertNothingToldOrLost();
    }

    @Test
    void belowTheReserveNoneIsTaken() throws IOException {
        write(original, 1);
        original.disk().setUsableBytes(DirectoryEngine.RESERVE_BYTES - 1);
        create("first");
        assertInstanceOf(StorageFullException.class, outcomes.get(outcomes.size() - 1));
        assertNothingLeft();
        assertNothingToldOrLost();
    }

    @Test
    void aCopyThatIsNotWholeIsRefusedAndNamesTheFile() throws IOException {
        write(original, 1);
        create("first");
        DirectoryEngine partial = DirectoryEngine.copyOf(original.disk(), "first");
        String file = fileOf(partial.disk(), "sstables/");
        partial.disk().delete(file);
        refused(partial, file);
        DirectoryEngine mixed = DirectoryEngine.copyOf(original.disk(), "first");
        mixed.disk().create("sstables/9999.sst");
        refused(mixed, "sstables/9999.sst");
        DirectoryEngine latest = DirectoryEngine.copyOf(original.disk(), "first");
        latest.disk().create(Identity.LATEST);
        refused(latest, Identity.LATEST);
    }

    @Test
    void aSnapshotOfANewerBuildIsRefusedWithBothVersions() throws IOException {
        write(original, 1);
        create("first");
        DirectoryEngine copy = DirectoryEngine.copyOf(original.disk(), "first");
        ByteBuffer list = ByteBuffer.wrap(CheckedFile.read(SimulatedDirectory.top(copy.disk()), SnapshotList.FILE)
                .orElseThrow());
        list.putInt(0, 9).putInt(4, Identity.FORMAT + 1);
        CheckedFile.replace(SimulatedDirectory.top(copy.disk()), SnapshotList.FILE, list.array());
        StorageOpenException refusal = assertThrows(StorageOpenException.class, copy::open);
        assertTrue(refusal.getMessage().contains("version 9"), refusal::getMessage);
        assertTrue(refusal.getMessage().contains("reads versions 1 and " + Identity.FORMAT), refusal::getMessage);
    }

    @Test
    void aSnapshotHoldsLargeRecordsToo() throws IOException {
        long[] numbers = LongStream.range(0, EngineConfig.SEPARATE_BYTES).toArray();
        table(original).append(Token.of(key(1)), key(1), SetRecords.of(numbers), recorded());
        original.world().settle();
        create("first");
        fileOf(original.disk(), "snapshots/first/values/");
        assertArrayEquals(
                SetRecords.of(numbers),
                read(DirectoryEngine.of(original.disk(), "first"), 1).orElseThrow());
    }

    @Test
    void aSnapshotWithoutItsListIsToldAndLeft() throws IOException {
        write(original, 1);
        create("first");
        original.disk().delete("snapshots/first/snapshot");
        original.disk().syncFolder("snapshots/first");
        original.reopen();
        assertEquals(List.of(), names());
        assertTrue(
                original.engine().status().cause().contains("'first'"),
                original.engine().status()::cause);
        assertTrue(original.disk().isFolder("snapshots/first"));
    }

    private void refused(DirectoryEngine copy, String what) {
        long changes = copy.disk().changes();
        StorageOpenException refusal = assertThrows(StorageOpenException.class, copy::open);
        assertTrue(refusal.getMessage().contains(what), refusal::getMessage);
        assertTrue(refusal.getMessage().contains("'first'"), refusal::getMessage);
        assertEquals(changes, copy.disk().changes());
    }

    private void assertNothingLeft() {
        assertEquals(List.of(), names());
        assertTrue(original.disk().contents().keySet().stream().noneMatch(path -> path.startsWith("snapshots/")));
    }

    private void assertNothingToldOrLost() {
        assertEquals(List.of(), original.told());
        assertTrue(read(original, 1).isPresent());
        original.disk().setUsableBytes(Long.MAX_VALUE);
        write(original, 2);
        assertTrue(read(original, 2).isPresent());
    }

    private static String fileOf(SimulatedFiles disk, String prefix) {
        return disk.contents().keySet().stream()
                .filter(path -> path.startsWith(prefix))
                .findFirst()
                .orElseThrow();
    }

    private void create(String name) {
        original.engine().snapshots().create(name, recorded());
        original.world().settle();
    }

    private List<String> names() {
        return original.engine().snapshots().list().stream().map(Snapshot::name).toList();
    }

    private Job job(String name) {
        return original.engine().jobs().stream()
                .filter(job -> job.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private <T> Completion<T> recorded() {
        return Completion.of(outcomes::add, outcomes::add);
    }

    private void write(DirectoryEngine store, int i) {
        append(store, i);
        store.world().settle();
    }

    private void append(DirectoryEngine store, int i) {
        table(store).append(Token.of(key(i)), key(i), SetRecords.of(i), recorded());
    }

    private static Optional<byte[]> read(DirectoryEngine store, int i) {
        List<Optional<byte[]>> answers = new ArrayList<>();
        table(store).read(Token.of(key(i)), key(i), Completion.of(answers::add, failure -> {
            throw new AssertionError(failure);
        }));
        while (answers.isEmpty()) {
            assertTrue(store.world().step(), "a read never ended");
        }
        return answers.get(0);
    }

    private static Table table(DirectoryEngine store) {
        return store.engine().openTable(new TableSpec("data", new SetRecords()));
    }

    private static byte[] key(int i) {
        return ("key-" + i).getBytes(StandardCharsets.UTF_8);
    }
}

package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.StorageFigures;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableFigures;
import io.annulus.api.storage.TableSpec;
import io.annulus.storage.testkit.DirectoryEngine;
import io.annulus.storage.testkit.SetRecords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The figures of a store whose every file can be seen. */
class EngineFiguresTest {

    private static final int KEYS = 200;

    /** Enough to be merged whatever the strategy. */
    private static final int RUNS = 12;

    private DirectoryEngine store;

    @BeforeEach
    void open() throws IOException {
        store = DirectoryEngine.empty();
    }

    @Test
    void bytesOnTheDiskAreThoseOfTheFiles() {
        fill("data");
        flush();
        fill("data");
        StorageFigures figures = store.engine().figures();
        assertEquals(bytes("sstables/"), figures.disk().live());
        assertEquals(0, figures.disk().obsolete());
        assertEquals(0, figures.disk().snapshots());
        assertTrue(figures.disk().log() > 0);
        assertTrue(figures.disk().log() <= bytes("log/"), figures::toString);
        assertEquals(figures.memory().memtables(), table(figures, "data").memtableBytes());
        assertTrue(figures.memory().memtables() > 0);
        assertTrue(figures.memory().indexes() > 0);
    }

    @Test
    void amplificationIsOfTheBytesThatWereWritten() {
        long user = 0;
        for (int run = 0; run < RUNS; run++) {
            user += fill("data");
            flush();
        }
        TableFigures table = table(store.engine().figures(), "data");
        assertEquals(user, table.userBytes());
        assertTrue(table.sstables() < RUNS, "nothing was merged");
        assertTrue(table.compactedBytes() > 0, table::toString);
        assertTrue(table.entries() >= KEYS && table.entries() < RUNS * KEYS, table::toString);
        assertEquals(bytes("sstables/"), table.liveBytes());
        assertTrue(table.flushedBytes() > 0.9 * RUNS * table.liveBytes() / table.sstables(), table::toString);
        assertEquals(0, table.memtableBytes());
        double sorted = (double) (table.flushedBytes() + table.compactedBytes()) / user;
        assertEquals(sorted, table.writeAmplification());
        assertTrue(store.engine().figures().loggedBytes() > user);
        assertTrue(store.engine().figures().writeAmplification() > sorted + 1);
    }

    @Test
    void supersededRunsAreSpaceAmplification() {
        fill("data");
        flush();
        fill("data");
        flush();
        TableFigures table = table(store.engine().figures(), "data");
        assertEquals(2, table.sstables());
        assertEquals(2, table.spaceAmplification(), 0.1);
    }

    @Test
    void lookupsAreCountedWithWhatTheyAskedInVain() {
        fill("data");
        flush();
        for (int i = 0; i < 10; i++) {
            read("data", i);
        }
        StorageFigures.Reads found = store.engine().figures().reads();
        assertEquals(10, found.lookups());
        assertEquals(10, found.asked());
        assertEquals(0, found.falselyAsked());
        assertEquals(10, found.cacheHits() + found.blocksRead());
        assertTrue(found.amplification() > 0 && found.amplification() <= 1, found::toString);
        for (int i = KEYS; i < KEYS + 5000; i++) {
            read("data", i);
        }
        StorageFigures.Reads missed = store.engine().figures().reads();
        long asked = missed.asked() - found.asked();
        assertEquals(asked, missed.falselyAsked(), "every one that was asked was asked in vain");
        assertTrue(asked > 0 && asked < 250, "a filter of one percent passed " + asked);
        assertEquals(missed.lookups(), found.lookups() + asked, "the others did not look into a sorted table");
    }

    @Test
    void snapshotsHoldWhatTheStoreHasNoMore() {
        fill("data");
        flush();
        long before = bytes("sstables/");
        store.engine().snapshots().create("s", Completion.of(done -> {}, EngineFiguresTest::fail));
        store.world().settle();
        assertTrue(store.engine().figures().disk().snapshots() < before);
        for (int run = 0; run < 3; run++) {
            fill("data");
            flush();
        }
        assertTrue(store.engine().figures().disk().snapshots() > before);
    }

    @Test
    void tablesThatAreNotOpenHaveTheirFilesCounted() throws IOException {
        fill("data");
        fill("other");
        flush();
        store.reopen();
        List<TableFigures> tables = store.engine().figures().tables();
        assertEquals(
                List.of("data", "other"),
                tables.stream().map(TableFigures::name).toList());
        assertEquals(
                bytes("sstables/"),
                tables.stream().mapToLong(TableFigures::liveBytes).sum());
        assertEquals(0, tables.get(0).userBytes());
    }

    @Test
    void replayedRecordsAreInMemoryUntilTheyAreWrittenOut() throws IOException {
        fill("data");
        store.reopen();
        store.engine().openTable(new TableSpec("data", new SetRecords()));
        assertTrue(table(store.engine().figures(), "data").memtableBytes() > 0);
        store.world().settle();
        assertEquals(0, table(store.engine().figures(), "data").memtableBytes());
    }

    private long fill(String name) {
        long bytes = 0;
        for (int i = 0; i < KEYS; i++) {
            byte[] record = SetRecords.of(i);
            Completion<Object> end = Completion.of(done -> {}, EngineFiguresTest::fail);
            opened(name).append(Token.of(key(i)), key(i), record, Completion.of(end::onResult, end::onFailure));
            bytes += key(i).length + record.length;
        }
        store.world().settle();
        return bytes;
    }

    private void flush() {
        store.engine().flush();
        store.world().settle();
    }

    private void read(String name, int i) {
        List<Object> answers = new ArrayList<>();
        opened(name).read(Token.of(key(i)), key(i), Completion.of(answers::add, EngineFiguresTest::fail));
        while (answers.isEmpty()) {
            assertTrue(store.world().step(), "a read never ended");
        }
    }

    private long bytes(String prefix) {
        return store.disk().contents().entrySet().stream()
                .filter(file -> file.getKey().startsWith(prefix))
                .mapToLong(file -> file.getValue().length)
                .sum();
    }

    private Table opened(String name) {
        return store.engine().openTable(new TableSpec(name, new SetRecords()));
    }

    private static TableFigures table(StorageFigures figures, String name) {
        return figures.tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static void fail(Throwable failure) {
        throw new AssertionError(failure);
    }

    private static byte[] key(int i) {
        return ("key-" + i).getBytes(StandardCharsets.UTF_8);
    }
}

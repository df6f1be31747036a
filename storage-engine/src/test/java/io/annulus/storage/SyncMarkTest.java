package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.StorageStatus;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableOptions;
import io.annulus.api.storage.TableSpec;
import io.annulus.storage.identity.SyncMark;
import io.annulus.storage.testkit.DirectoryEngine;
import io.annulus.storage.testkit.SetRecords;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What was shown after a sync that failed survives the power, though the system took it for clean: each round half by chance. */
class SyncMarkTest {

    private static final int ROUNDS = 12;

    private final List<Object> outcomes = new ArrayList<>();

    @Test
    void afterASyncThatFailedTheLogIsWrittenOnceMore() throws IOException {
        DirectoryEngine engine = DirectoryEngine.empty();
        for (int round = 1; round <= ROUNDS; round++) {
            appendAndFail(engine, round);
            assertFalse(hasMark(engine));
            kill(engine);
            engine.open();
            assertStays(engine, round);
        }
    }

    @Test
    void aStartWhoseSyncFailsIsFollowedByOneThatWritesTheLog() throws IOException {
        DirectoryEngine engine = DirectoryEngine.empty();
        for (int round = 1; round <= ROUNDS; round++) {
            append(engine, round);
            kill(engine);
            engine.disk().setFailsSync(true);
            assertThrows(IOException.class, engine::open);
            assertFalse(hasMark(engine));
            engine.disk().setFailsSync(false);
            engine.world().crash();
            engine.open();
            assertStays(engine, round);
        }
    }

    private void assertStays(DirectoryEngine engine, int key) throws IOException {
        assertTrue(hasMark(engine));
        assertTrue(read(engine, key).isPresent(), "a killed process wrote it");
        engine.reopen();
        assertTrue(hasMark(engine));
        assertTrue(read(engine, key).isPresent(), "it was shown, and is gone with the power");
    }

    private void appendAndFail(DirectoryEngine engine, int key) {
        append(engine, key);
        engine.disk().setFailsSync(true);
        engine.world().ring();
        engine.world().settle();
        engine.disk().setFailsSync(false);
        assertEquals(StorageStatus.State.FENCED, engine.engine().status().state());
    }

    private void append(DirectoryEngine engine, int key) {
        outcomes.clear();
        byte[] bytes = {(byte) key};
        table(engine).append(Token.of(bytes), bytes, SetRecords.of(key), Completion.of(outcomes::add, outcomes::add));
        engine.world().settle();
        assertEquals(List.of(Durability.WRITTEN), outcomes);
    }

    private Optional<byte[]> read(DirectoryEngine engine, int key) {
        byte[] bytes = {(byte) key};
        table(engine);
        return engine.engine().reader("data").read(Token.of(bytes), bytes);
    }

    private static void kill(DirectoryEngine engine) {
        engine.world().crash();
        engine.disk().kill();
        engine.disk().powerOn();
    }

    private static boolean hasMark(DirectoryEngine engine) throws IOException {
        return engine.disk().list("").contains(SyncMark.FILE);
    }

    private static Table table(DirectoryEngine engine) {
        return engine.engine()
                .openTable(new TableSpec("data", new SetRecords(), TableOptions.DEFAULT.with(Durability.WRITTEN)));
    }
}

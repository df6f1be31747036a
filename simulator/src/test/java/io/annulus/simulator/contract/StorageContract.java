package io.annulus.simulator.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.Entry;
import io.annulus.api.storage.StorageFencedException;
import io.annulus.api.storage.StorageFullException;
import io.annulus.api.storage.StorageStatus;
import io.annulus.api.storage.StoreIdentity;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import io.annulus.simulator.SimulatedNode;
import io.annulus.simulator.SimulatedWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every store of a node does, whatever it is made of: the tests of the simulator's map and of the engine extend it. One
 * node, whose life a test ends as it likes.
 */
public abstract class StorageContract {

    private static final Duration LONG = Duration.ofSeconds(2);
    private static final Token LEAST = new Token(0, 0);
    private static final Token GREATEST = new Token(-1, -1);

    private final SimulatedWorld world = new SimulatedWorld(Long.getLong("annulus.seed", 1));
    private final List<Object> ended = new ArrayList<>();
    private SimulatedNode node;

    /** Says what the nodes of a world keep their data in. */
    protected abstract void prepare(SimulatedWorld newWorld);

    @BeforeEach
    void startNode() {
        prepare(world);
        node = world.addNodes(1).get(0);
    }

    @Test
    void anAppendIsAcknowledgedAsSyncedAndThenSeen() {
        append(1, 5);
        assertEquals(List.of(), ended);
        settle();
        assertEquals(List.of(Durability.SYNCED), ended);
        assertEquals(5, value(1));
        assertEquals(-1, value(2));
    }

    @Test
    void recordsOfOneKeyAreJoined() {
        append(1, 5);
        append(1, 3);
        settle();
        append(1, 4);
        settle();
        assertEquals(5, value(1));
    }

    @Test
    void keysOfOneTokenAreApart() {
        Token shared = new Token(7, 7);
        for (int key = 1; key <= 3; key++) {
            byte[] bytes = {(byte) key};
            byte[] record = {(byte) (key + 10)};
            node.run(() -> table().append(shared, bytes, record, ended()));
        }
        settle();
        List<Entry> found = scan(shared, shared, Optional.of(new byte[] {1}), 10);
        assertEquals(2, found.size());
        assertArrayEquals(new byte[] {12}, found.get(0).record());
        assertArrayEquals(new byte[] {13}, found.get(1).record());
    }

    @Test
    void aTableIsOpenedOnce() {
        node.run(() -> assertSame(table(), table()));
    }

    @Test
    void tablesAreApart() {
        append(1, 5);
        settle();
        Table other = node.storage().openTable(new TableSpec("_u", new GreatestRecord()));
        assertEquals(Optional.empty(), read(other, 1));
    }

    @Test
    void aCrashKeepsWhatWasAcknowledgedAndPerhapsMore() {
        append(1, 5);
        settle();
        for (int round = 0; round < 40; round++) {
            ended.clear();
            int before = value(2);
            append(2, round + 1);
            node.crash();
            node.restart();
            settle();
            assertEquals(List.of(), ended);
            assertEquals(5, value(1));
            assertTrue(Set.of(before, round + 1).contains(value(2)));
        }
    }

    @Test
    void whatIsSeenAfterACrashStays() {
        Set<Integer> seen = new HashSet<>();
        for (int round = 1; round <= 30; round++) {
            append(2, round);
            node.kill();
            node.restart();
            int now = value(2);
            node.crash();
            node.restart();
            assertEquals(now, value(2));
            seen.add(now);
        }
        assertTrue(seen.size() > 1, "no write ever survived");
    }

    @Test
    void aCleanCloseKeepsAll() {
        append(1, 5);
        settle();
        node.stop();
        node.restart();
        assertEquals(5, value(1));
        assertEquals(StorageStatus.State.OPEN, node.storage().status().state());
    }

    @Test
    void theOriginIsNewAfterACrashAndTheSameAfterACleanClose() {
        StoreIdentity first = node.storage().identity();
        node.stop();
        node.restart();
        StoreIdentity second = node.storage().identity();
        node.crash();
        node.restart();
        StoreIdentity third = node.storage().identity();
        node.crash();
        node.wipe();
        node.restart();
        StoreIdentity fourth = node.storage().identity();

        assertEquals(first.origin(), second.origin());
        assertNotEquals(second.origin(), third.origin());
        assertEquals(first.storeId(), third.storeId());
        assertEquals(first.generation() + 2, third.generation());
        assertNotEquals(third.storeId(), fourth.storeId());
    }

    @Test
    void aFailedSyncFencesUntilARestart() {
        node.store().setFailsSync(true);
        append(1, 5);
        settle();
        append(1, 6);
        settle();

        assertEquals(2, ended.size());
        assertInstanceOf(StorageFencedException.class, ended.get(0));
        assertInstanceOf(StorageFencedException.class, ended.get(1));
        assertEquals(StorageStatus.State.FENCED, node.storage().status().state());

        StoreIdentity before = node.storage().identity();
        node.store().setFailsSync(false);
        node.stop();
        node.restart();
        assertNotEquals(before.origin(), node.storage().identity().origin());
        append(1, 7);
        settle();
        assertEquals(7, value(1));
    }

    @Test
    void aFullDiskRefusesBeforeAnyEffectUntilThereIsRoom() {
        node.store().setFull(true);
        append(1, 5);
        settle();
        assertInstanceOf(StorageFullException.class, ended.get(0));
        assertEquals(-1, value(1));

        node.store().setFull(false);
        append(1, 4);
        settle();
        assertEquals(4, value(1));
    }

    @Test
    void aDamagedRecordIsRefused() {
        node.run(() -> table().append(LEAST, new byte[] {1}, new byte[0], ended()));
        settle();
        assertInstanceOf(CorruptDataException.class, ended.get(0));
    }

    @Test
    void aScanGoesInOrderAndContinuesAfterAKey() {
        for (int key = 0; key < 20; key++) {
            append(key, key + 1);
        }
        settle();
        List<Entry> seen = new ArrayList<>();
        Token from = LEAST;
        Optional<byte[]> after = Optional.empty();
        List<Entry> page;
        do {
            page = scan(from, GREATEST, after, 7);
            seen.addAll(page);
            from = seen.get(seen.size() - 1).token();
            after = Optional.of(seen.get(seen.size() - 1).key());
        } while (page.size() == 7);

        assertEquals(20, seen.size());
        for (int i = 1; i < seen.size(); i++) {
            assertTrue(seen.get(i - 1).token().compareTo(seen.get(i).token()) < 0);
        }
        Token last = seen.get(19).token();
        assertEquals(1, scan(last, GREATEST, Optional.empty(), 7).size());
        assertEquals(
                19, scan(LEAST, seen.get(18).token(), Optional.empty(), 100).size());
    }

    @Test
    void aScanThatEndsBeforeItBeginsIsEmpty() {
        append(1, 5);
        settle();
        assertEquals(List.of(), scan(GREATEST, LEAST, Optional.empty(), 10));
    }

    @Test
    void aScanHasALimitOfOneToAThousandAndSome() {
        for (int limit : new int[] {0, 1025}) {
            assertThrows(IllegalArgumentException.class, () -> scan(LEAST, GREATEST, Optional.empty(), limit));
        }
    }

    @Test
    void aRemovedKeyIsGoneAndALaterAppendStays() {
        append(1, 5);
        append(2, 5);
        remove(1);
        remove(2);
        append(1, 2);
        settle();
        node.crash();
        node.restart();
        assertEquals(2, value(1));
        assertEquals(-1, value(2));
        assertEquals(1, scan(LEAST, GREATEST, Optional.empty(), 10).size());
    }

    @Test
    void aReplicatedTableKnowsNoRemove() {
        Table replicated = node.storage().openTable(new TableSpec("data", new GreatestRecord()));
        assertThrows(
                UnsupportedOperationException.class,
                () -> node.run(() -> replicated.remove(LEAST, new byte[] {1}, ended())));
    }

    @Test
    void aSystemValueIsSeenOnceItIsSyncedAndSurvives() {
        node.run(() -> node.storage().system().write("dots", new byte[] {4}, ended()));
        assertEquals(Optional.empty(), node.storage().system().read("dots"));
        settle();
        assertEquals(List.of("dots"), ended);
        node.crash();
        node.restart();
        assertArrayEquals(new byte[] {4}, node.storage().system().read("dots").orElseThrow());
    }

    @Test
    void aBackupHoldsWhatWasThereAndIsAnotherStore() {
        append(1, 5);
        settle();
        StoreIdentity original = node.storage().identity();
        node.store().backUp();
        append(2, 6);
        settle();
        node.stop();
        assertTrue(node.restore());
        node.restart();
        assertEquals(5, value(1));
        assertEquals(-1, value(2));
        assertNotEquals(original.origin(), node.storage().identity().origin());
    }

    private Table table() {
        return node.storage().openTable(new TableSpec("_t", new GreatestRecord()));
    }

    private <T> Completion<T> ended() {
        return Completion.of(ended::add, ended::add);
    }

    private void append(int key, int value) {
        byte[] bytes = {(byte) key};
        node.run(() -> table().append(Token.of(bytes), bytes, new byte[] {(byte) value}, ended()));
    }

    private void remove(int key) {
        byte[] bytes = {(byte) key};
        node.run(() -> table().remove(Token.of(bytes), bytes, ended()));
    }

    private void settle() {
        world.runFor(LONG);
    }

    private int value(int key) {
        return read(table(), key).map(record -> (int) record[0]).orElse(-1);
    }

    private Optional<byte[]> read(Table table, int key) {
        byte[] bytes = {(byte) key};
        List<Optional<byte[]>> answers = new ArrayList<>();
        node.run(() -> table.read(Token.of(bytes), bytes, Completion.of(answers::add, StorageContract::fail)));
        assertTrue(world.runUntil(() -> !answers.isEmpty(), LONG), "a read never ended");
        return answers.get(0);
    }

    private List<Entry> scan(Token from, Token to, Optional<byte[]> after, int limit) {
        List<List<Entry>> answers = new ArrayList<>();
        node.run(() -> table().scan(from, to, after, limit, Completion.of(answers::add, StorageContract::fail)));
        assertTrue(world.runUntil(() -> !answers.isEmpty(), LONG), "a scan never ended");
        return answers.get(0);
    }

    private static void fail(Throwable failure) {
        throw new AssertionError(failure);
    }
}

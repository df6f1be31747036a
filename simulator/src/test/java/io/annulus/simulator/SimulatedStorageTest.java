package io.annulus.simulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.Entry;
import io.annulus.api.storage.StorageFencedException;
import io.annulus.api.storage.StorageFullException;
import io.annulus.api.storage.StorageStatus;
import io.annulus.api.storage.StoreIdentity;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SimulatedStorageTest {

    private final SimulatedWorld world = new SimulatedWorld(Seeds.seed());
    private final SimulatedNode node = world.addNodes(1).get(0);
    private final List<Object> ended = new ArrayList<>();

    private Table table() {
        return node.storage().openTable(new TableSpec("_t", new GreatestJoin()));
    }

    private <T> Completion<T> ended() {
        return Completion.of(ended::add, ended::add);
    }

    private void append(int key, int value) {
        byte[] bytes = {(byte) key};
        node.run(() -> table().append(Token.of(bytes), bytes, new byte[] {(byte) value}, ended()));
    }

    private Object read(int key) {
        byte[] bytes = {(byte) key};
        ended.clear();
        node.run(() -> table().read(Token.of(bytes), bytes, ended()));
        world.runUntilIdle();
        return ended.get(0);
    }

    private int value(int key) {
        Optional<?> found = (Optional<?>) read(key);
        return found.isEmpty() ? -1 : ((byte[]) found.get())[0];
    }

    @Test
    void appendIsSeenOnlyOnceItIsSynced() {
        append(1, 5);
        assertEquals(0, node.disk().synced("_t", Token.of(new byte[] {1}), new byte[] {1}).length);

        world.runUntilIdle();

        assertEquals(1, ended.size());
        assertEquals(5, value(1));
    }

    @Test
    void recordsOfOneKeyAreJoined() {
        append(1, 5);
        append(1, 3);
        world.runUntilIdle();

        assertEquals(5, value(1));
    }

    @Test
    void crashKeepsWhatWasAcknowledgedAndSomeOfTheRest() {
        append(1, 5);
        world.runUntilIdle();
        Set<Integer> survivors = new HashSet<>();
        for (int round = 0; round < 40; round++) {
            ended.clear();
            append(2, round + 1);
            node.crash();
            node.restart();
            world.runUntilIdle();
            assertEquals(List.of(), ended);
            assertEquals(5, value(1));
            survivors.add(value(2) == round + 1 ? 1 : 0);
        }

        assertEquals(Set.of(0, 1), survivors);
    }

    @Test
    void originIsNewAfterACrashAndTheSameAfterACleanClose() {
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
    void failedSyncFencesUntilARestart() {
        node.disk().setFailsSync(true);
        append(1, 5);
        world.runUntilIdle();
        append(1, 6);

        assertEquals(2, ended.size());
        assertInstanceOf(StorageFencedException.class, ended.get(0));
        assertInstanceOf(StorageFencedException.class, ended.get(1));
        assertEquals(StorageStatus.State.FENCED, node.storage().status().state());

        StoreIdentity before = node.storage().identity();
        node.disk().setFailsSync(false);
        node.stop();
        node.restart();
        assertNotEquals(before.origin(), node.storage().identity().origin());
        append(1, 7);
        world.runUntilIdle();
        assertEquals(7, value(1));
    }

    @Test
    void fullDiskRefusesBeforeAnyEffect() {
        node.disk().setFull(true);
        append(1, 5);

        assertInstanceOf(StorageFullException.class, ended.get(0));
        assertEquals(-1, value(1));
    }

    @Test
    void damagedPlaceIsNeverAbsent() {
        append(1, 5);
        world.runUntilIdle();
        node.disk().corrupt(Token.of(new byte[] {1}), new byte[] {1});

        assertInstanceOf(CorruptDataException.class, read(1));
        node.disk().mend();
        assertEquals(5, value(1));
    }

    @Test
    void damagedRecordIsRefused() {
        node.run(() -> table().append(new Token(0, 0), new byte[] {1}, new byte[0], ended()));

        assertInstanceOf(CorruptDataException.class, ended.get(0));
    }

    @Test
    void scanGoesInOrderAndContinuesAfterAKey() {
        for (int key = 0; key < 20; key++) {
            append(key, key + 1);
        }
        world.runUntilIdle();
        Token least = new Token(0, 0);
        Token greatest = new Token(-1, -1);
        List<Entry> seen = new ArrayList<>();
        Token from = least;
        Optional<byte[]> after = Optional.empty();
        List<Entry> page;
        do {
            page = scan(from, greatest, after, 7);
            seen.addAll(page);
            from = seen.get(seen.size() - 1).token();
            after = Optional.of(seen.get(seen.size() - 1).key());
        } while (page.size() == 7);

        assertEquals(20, seen.size());
        for (int i = 1; i < seen.size(); i++) {
            assertTrue(seen.get(i - 1).token().compareTo(seen.get(i).token()) < 0);
        }
    }

    private List<Entry> scan(Token from, Token to, Optional<byte[]> after, int limit) {
        List<Entry> found = new ArrayList<>();
        node.run(() -> table().scan(from, to, after, limit, Completion.of(found::addAll, ended::add)));
        world.runUntilIdle();
        return found;
    }

    @Test
    void removedKeyIsGoneAndLaterAppendStays() {
        append(1, 5);
        node.run(() -> table().remove(Token.of(new byte[] {1}), new byte[] {1}, ended()));
        append(1, 2);
        world.runUntilIdle();

        assertEquals(2, value(1));
    }

    @Test
    void replicatedTableKnowsNoRemove() {
        Table replicated = node.storage().openTable(new TableSpec("data", new GreatestJoin()));

        assertThrows(
                UnsupportedOperationException.class,
                () -> node.run(() -> replicated.remove(new Token(0, 0), new byte[] {1}, ended())));
    }

    @Test
    void systemValueIsSeenOnceItIsSyncedAndSurvives() {
        node.run(() -> node.storage().system().write("dots", new byte[] {4}, ended()));
        assertEquals(Optional.empty(), node.storage().system().read("dots"));
        world.runUntilIdle();
        node.crash();
        node.restart();

        assertArrayEquals(new byte[] {4}, node.storage().system().read("dots").orElseThrow());
    }
}

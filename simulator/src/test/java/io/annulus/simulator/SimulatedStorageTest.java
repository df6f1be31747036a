package io.annulus.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.StorageFullException;
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
}

package io.annulus.replication.hint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.StorageFullException;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import io.annulus.simulator.DiskSettings;
import io.annulus.simulator.SimulatedNode;
import io.annulus.simulator.SimulatedWorld;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Hints on the disk of one simulated node. */
final class HintTest {

    private static final NodeId OWNER = new NodeId("owner");
    private static final NodeId OTHER = new NodeId("other");

    private final SimulatedWorld world = new SimulatedWorld(2);
    private final SimulatedNode node = world.addNodes(1).get(0);
    private final FakeOwners owners = new FakeOwners();
    private int maxHints = 1_000;
    private Table table;
    private HintStore store;
    private HintReplayer replayer;

    @Test
    void hintIsBroughtOnceItsOwnerIsUp() {
        start();
        keep(OWNER, "a", "1");
        keep(OWNER, "a", "2");
        run(3_000);
        assertEquals(List.of(), owners.delivered);
        owners.up.add(OWNER);
        run(3_000);
        assertEquals(List.of("owner ks a 1 2"), owners.delivered);
        assertEquals(0, store.count());
        assertEquals(1, replayer.replayed());
        assertEquals(Set.of(), store.owners());
    }

    @Test
    void countIsOfHintsAndNotOfMembers() {
        start();
        node.run(() -> replayer.expect(List.of(OWNER, OTHER)));
        assertEquals(0, store.count());
        assertEquals(Set.of(OWNER, OTHER), store.owners());
        run(3_000);
        assertEquals(0, store.count());
        assertEquals(Set.of(), store.owners());
    }

    @Test
    void hintsAreBounded() {
        maxHints = 3;
        start();
        keep(OWNER, "a", "1");
        keep(OWNER, "b", "1");
        keep(OTHER, "c", "1");
        StorageFullException refusal = assertInstanceOf(StorageFullException.class, keepFails(OWNER, "d", "1"));
        assertTrue(
                refusal.getMessage().contains("3 hints") && refusal.getMessage().contains("max.hints"));
        assertEquals(3, store.count());
    }

    @Test
    void hintsOfOneKeyFillTheBoundOnlyUntilTheNextCount() {
        maxHints = 8;
        start();
        for (int i = 0; i < 8; i++) {
            keep(OWNER, "a", "" + i);
        }
        keepFails(OWNER, "b", "1");
        run(2_000);
        assertEquals(1, store.count());
        keep(OWNER, "b", "1");
        assertEquals(2, store.count());
    }

    @Test
    void countNeverStaysBelowWhatAnEarlierLifeKept() {
        maxHints = 3;
        start();
        keep(OWNER, "a", "1");
        keep(OWNER, "b", "1");
        run(100);
        node.crash();
        node.restart();
        start();
        run(2_000);
        assertEquals(2, store.count());
        keep(OWNER, "c", "1");
        keepFails(OWNER, "d", "1");
    }

    @Test
    void hintsSurviveARestart() {
        start();
        keep(OWNER, "a", "1");
        run(100);
        node.crash();
        node.restart();
        start();
        node.run(() -> replayer.expect(List.of(OWNER, OTHER)));
        owners.up.add(OWNER);
        owners.up.add(OTHER);
        run(3_000);
        assertEquals(List.of("owner ks a 1"), owners.delivered);
        assertEquals(0, store.count());
    }

    @Test
    void whatIsKeptWhileItsKeyIsReplayedIsNotLost() {
        start();
        keep(OWNER, "a", "1");
        run(100);
        owners.hold = true;
        owners.up.add(OWNER);
        run(1_500);
        assertEquals(List.of("owner ks a 1"), owners.delivered);
        keep(OWNER, "a", "2");
        node.run(owners::release);
        owners.hold = false;
        run(3_000);
        assertEquals(List.of("owner ks a 1", "owner ks a 1 2"), owners.delivered);
        assertEquals(0, store.count());
    }

    @Test
    void whatIsOnItsWayToTheLogWhenItsKeyIsReplayedIsNotLost() {
        start();
        keep(OWNER, "a", "1");
        run(900);
        node.disk().set(new DiskSettings(400_000_000, 400_000_000, 0, 1_000));
        node.run(() ->
                store.keep(OWNER, "ks", bytes("a"), bytes("2"), Completion.of(durability -> {}, Assertions::fail)));
        owners.up.add(OWNER);
        run(5_000);
        assertEquals("owner ks a 1", owners.delivered.get(0));
        assertEquals("owner ks a 1 2", owners.delivered.get(owners.delivered.size() - 1));
        assertEquals(0, store.count());
    }

    @Test
    void replayIsPaced() {
        start();
        for (int i = 0; i < 40; i++) {
            keep(OWNER, "key" + i, "1");
        }
        owners.up.add(OWNER);
        owners.hold = true;
        run(2_000);
        assertEquals(8, owners.delivered.size());
        node.run(owners::release);
        run(9);
        assertEquals(8, owners.delivered.size());
        owners.hold = false;
        run(3_000);
        assertEquals(40, owners.delivered.size());
    }

    @Test
    void failuresAreTriedAgainAndHoldNobodyUp() {
        start();
        for (int i = 0; i < 40; i++) {
            keep(OWNER, "key" + i, i < 20 ? "refused" : "taken");
        }
        owners.up.add(OWNER);
        owners.refuses = true;
        run(20_000);
        assertEquals(20, store.count());
        assertEquals(20, replayer.replayed());
        owners.refuses = false;
        run(20_000);
        assertEquals(0, store.count());
        assertEquals(40, replayer.replayed());
    }

    @Test
    void ownerThatGoesDownAgainIsLeftInPeace() {
        start();
        for (int i = 0; i < 40; i++) {
            keep(OWNER, "key" + i, "1");
        }
        owners.up.add(OWNER);
        owners.hold = true;
        run(1_500);
        owners.up.remove(OWNER);
        node.run(owners::release);
        run(5_000);
        assertEquals(8, owners.delivered.size());
        assertEquals(32, store.count());
    }

    @Test
    void hintWithAnUnreadableKeyIsDroppedAndCounted() {
        start();
        byte[] bad = bytes("zz");
        node.run(() -> table.append(HintKey.first(OWNER), bad, bytes("1"), Completion.of(done -> {}, cause -> {
            throw new AssertionError(cause);
        })));
        keep(OWNER, "a", "1");
        owners.up.add(OWNER);
        run(5_000);
        assertEquals(List.of("owner ks a 1"), owners.delivered);
        assertTrue(store.dropped() >= 1);
        assertEquals(0, node.disk().synced(HintStore.TABLE, HintKey.first(OWNER), bad).length);
    }

    @Test
    void closingStopsReplay() {
        start();
        for (int i = 0; i < 40; i++) {
            keep(OWNER, "key" + i, "1");
        }
        owners.up.add(OWNER);
        run(1_005);
        int before = owners.delivered.size();
        node.run(replayer::close);
        world.runUntilIdle();
        assertTrue(before > 0 && owners.delivered.size() <= before + 8);
        assertTrue(store.count() > 0);
    }

    @Test
    void keysAreReadAsTheyWereWritten() {
        HintKey key = new HintKey(OWNER, "ks", new byte[] {0, -1, 5});
        HintKey again = HintKey.decode(key.encode());
        assertEquals(key, again);
        assertArrayEquals(key.key(), again.key());
        assertTrue(
                key.token().compareTo(HintKey.first(OWNER)) >= 0 && key.token().compareTo(HintKey.last(OWNER)) <= 0);
        assertThrows(CorruptDataException.class, () -> HintKey.decode(new byte[] {1, 40, 1, 1}));
        assertThrows(CorruptDataException.class, () -> HintKey.decode(new byte[] {2, 1, 'a', 1, 'b'}));
    }

    private void start() {
        node.run(() -> {
            table = node.storage().openTable(new TableSpec(HintStore.TABLE, new SetJoin()));
            store = new HintStore(table, maxHints);
            replayer = new HintReplayer(node.loop(), store, owners, 8, 10);
            replayer.start();
        });
    }

    private void keep(NodeId owner, String key, String record) {
        boolean[] kept = new boolean[1];
        node.run(() -> store.keep(
                owner, "ks", bytes(key), bytes(record), Completion.of(durability -> kept[0] = true, cause -> {
                    throw new AssertionError(cause);
                })));
        assertTrue(world.runUntil(() -> kept[0], Duration.ofSeconds(1)));
    }

    private Throwable keepFails(NodeId owner, String key, String record) {
        Throwable[] failure = new Throwable[1];
        node.run(() -> store.keep(
                owner, "ks", bytes(key), bytes(record), Completion.of(durability -> {}, cause -> failure[0] = cause)));
        return failure[0];
    }

    private void run(long millis) {
        world.runFor(Duration.ofMillis(millis));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Owners that take hints, hold their answers back, or refuse. */
    private static final class FakeOwners implements HintTransport {

        private final Set<NodeId> up = new TreeSet<>();
        private final List<String> delivered = new ArrayList<>();
        private final List<Consumer<Boolean>> held = new ArrayList<>();
        private boolean hold;
        private boolean refuses;

        @Override
        public boolean isUp(NodeId owner) {
            return up.contains(owner);
        }

        @Override
        public void deliver(NodeId owner, String keyspace, byte[] key, byte[] record, Consumer<Boolean> receiver) {
            String text = SetJoin.text(record);
            if (refuses && text.equals("refused")) {
                receiver.accept(false);
                return;
            }
            delivered.add(owner + " " + keyspace + " " + SetJoin.text(key) + " " + text);
            if (hold) {
                held.add(receiver);
            } else {
                receiver.accept(true);
            }
        }

        void release() {
            List<Consumer<Boolean>> now = List.copyOf(held);
            held.clear();
            now.forEach(receiver -> receiver.accept(true));
        }
    }
}

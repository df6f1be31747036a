package io.annulus.storage.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.StorageFullException;
import io.annulus.api.storage.StorageStatus;
import io.annulus.api.storage.StoreIdentity;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableSpec;
import io.annulus.simulator.DiskSettings;
import io.annulus.simulator.SimulatedNode;
import io.annulus.simulator.SimulatedRandom;
import io.annulus.simulator.SimulatedStore.Damage;
import io.annulus.simulator.SimulatedWorld;
import io.annulus.storage.StorageOpenException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The engine of production as what a simulated node keeps its data in. */
class LsmStoreTest {

    private static final long SEED = Long.getLong("annulus.seed", 7L);
    private static final Duration MOMENT = Duration.ofMillis(50);

    private final SimulatedWorld world = new SimulatedWorld(SEED);
    private final SimulatedNode node = node(world);
    private final LsmStore store = (LsmStore) node.store();
    private final SimulatedRandom random = world.random().fork("test");
    private final List<Object> outcomes = new ArrayList<>();

    private static SimulatedNode node(SimulatedWorld world) {
        System.out.println("LsmStoreTest runs with -Dannulus.seed=" + SEED);
        world.storeIn(LsmStore::new);
        return world.addNodes(1).get(0);
    }

    @Test
    void whatWasAcknowledgedSurvivesCrashesKillsAndStops() {
        Set<Long> acked = new TreeSet<>();
        Set<Long> sent = new TreeSet<>();
        long number = 0;
        for (int life = 0; life < 150; life++) {
            for (int i = 0; i < 20; i++) {
                long next = ++number;
                sent.add(next);
                append(next, Completion.of(done -> acked.add(next), outcomes::add));
                world.runFor(Duration.ofNanos(random.between(0, 300_000)));
            }
            world.runFor(random.nextInt(4) == 0 ? Duration.ofSeconds(11) : Duration.ZERO);
            end(random.nextInt(3));
            node.restart();
            Set<Long> found = numbers();
            assertTrue(found.containsAll(acked), () -> "lost in a life before: " + missing(acked, found));
            assertTrue(sent.containsAll(found), "invented");
            acked.addAll(found);
        }
        assertTrue(acked.size() > 1000, () -> acked.size() + " acked");
        assertTrue(node.storage().status().sstables() > 0, "nothing was ever written out");
    }

    @Test
    void theSameSeedGivesTheSameWorld() {
        assertEquals(trace(), trace());
    }

    private static long trace() {
        SimulatedWorld world = new SimulatedWorld(SEED);
        SimulatedNode node = node(world);
        for (int life = 0; life < 20; life++) {
            for (int i = 0; i < 20; i++) {
                append(node, i, Completion.of(done -> {}, failure -> {}));
            }
            world.runFor(Duration.ofSeconds(life));
            node.crash();
            node.restart();
        }
        return world.traceHash();
    }

    @Test
    void writeThatWasTakenAndThenRefusedEndsItsOrigin() {
        StoreIdentity first = node.storage().identity();
        store.setFull(true);
        append(1, Completion.of(outcomes::add, outcomes::add));
        assertEquals(List.of(), outcomes, "the write is taken");
        world.runFor(MOMENT);
        assertInstanceOf(StorageFullException.class, outcomes.get(0));
        StoreIdentity second = after(node::stop);
        assertNotEquals(first.origin(), second.origin());
        assertEquals(first.storeId(), second.storeId());
    }

    @Test
    void idsChangeWithWhatHappenedToTheDirectory() {
        StoreIdentity first = node.storage().identity();
        store.backUp();
        StoreIdentity stopped = after(node::stop);
        assertEquals(first.origin(), stopped.origin());
        StoreIdentity crashed = after(node::crash);
        assertNotEquals(first.origin(), crashed.origin());
        assertEquals(first.storeId(), crashed.storeId());
        StoreIdentity killed = after(node::kill);
        assertNotEquals(crashed.origin(), killed.origin());
        assertEquals(first.storeId(), killed.storeId());
        StoreIdentity restored = after(() -> {
            node.stop();
            node.restore();
        });
        assertNotEquals(first.storeId(), restored.storeId());
        StoreIdentity wiped = after(() -> {
            node.stop();
            node.wipe();
        });
        assertNotEquals(restored.storeId(), wiped.storeId());
    }

    private StoreIdentity after(Runnable event) {
        event.run();
        node.restart();
        return node.storage().identity();
    }

    @Test
    void aRestoredDirectoryHoldsWhatItHeldAtTheBackup() {
        write(1);
        store.backUp();
        write(2);
        node.crash();
        assertTrue(node.restore());
        node.restart();
        assertEquals(Set.of(1L), numbers());
        write(3);
        node.crash();
        node.restart();
        assertEquals(Set.of(1L, 3L), numbers());
    }

    @Test
    void aNodeGoesDownInTheMidstOfAChangeOfItsDisk() {
        for (int change = 1; change < 40; change++) {
            AtomicInteger cuts = new AtomicInteger();
            store.files().cutAfter(change, () -> {
                cuts.incrementAndGet();
                node.crash();
            });
            for (int i = 0; i < 40; i++) {
                if (node.isRunning()) {
                    append(i, Completion.of(done -> {}, failure -> {}));
                    world.runFor(MOMENT);
                }
            }
            assertEquals(1, cuts.get());
            assertFalse(node.isRunning());
            node.restart();
        }
    }

    @Test
    void aDiskThatIsFullOrFailsRefusesWritesAndGoesOn() {
        store.setFull(true);
        write(1);
        assertInstanceOf(StorageFullException.class, outcomes.get(0));
        store.setFull(false);
        write(2);
        assertEquals(Durability.SYNCED, outcomes.get(1));
        store.setFailsSync(true);
        write(3);
        assertEquals(StorageStatus.State.FENCED, node.storage().status().state());
        assertEquals(1, store.life().orElseThrow().told().size());
        store.setFailsSync(false);
        StoreIdentity fenced = node.storage().identity();
        StoreIdentity next = after(node::stop);
        assertEquals(fenced.storeId(), next.storeId());
        assertNotEquals(fenced.origin(), next.origin());
        assertTrue(numbers().contains(2L));
    }

    @Test
    void aStartThatFailsForTheDiskDoesNotMakeACopyOfTheDirectory() {
        StoreIdentity before = node.storage().identity();
        write(1);
        node.stop();
        store.setFailsSync(true);
        assertThrows(StorageOpenException.class, node::restart);
        store.setFailsSync(false);
        node.restart();
        assertEquals(before.storeId(), node.storage().identity().storeId());
        assertEquals(Set.of(1L), numbers());
    }

    @Test
    void damageIsNeverAnAbsence() {
        for (Damage kind : Damage.values()) {
            for (int round = 0; round < 40; round++) {
                SimulatedWorld other = new SimulatedWorld(SEED + round);
                damaged(node(other), kind);
            }
        }
    }

    private static void damaged(SimulatedNode node, Damage kind) {
        for (long number = 1; number <= 200; number++) {
            append(node, number, Completion.of(done -> {}, failure -> {}));
            node.world().runFor(number % 50 == 0 ? Duration.ofSeconds(11) : MOMENT);
        }
        assertTrue(node.store().damage(kind));
        node.kill();
        try {
            node.restart();
        } catch (CorruptDataException e) {
            assertFalse(node.isRunning());
            return;
        }
        for (long number = 1; number <= 200; number++) {
            Object answer = read(node, number);
            assertTrue(
                    answer instanceof CorruptDataException || holds((Optional<?>) answer, number),
                    kind + ": record " + number + " became absent");
        }
    }

    private static boolean holds(Optional<?> record, long number) {
        return record.map(bytes -> SetRecords.numbers((byte[]) bytes).contains(number))
                .orElse(false);
    }

    @Test
    void syncsTakeTimeAndSlowDisksMore() {
        long before = world.nanos();
        append(1, Completion.of(outcomes::add, outcomes::add));
        world.runUntil(() -> !outcomes.isEmpty(), Duration.ofSeconds(1));
        assertTrue(world.nanos() - before >= DiskSettings.FAST.minSyncNanos());
        store.set(DiskSettings.SLOW);
        before = world.nanos();
        append(2, Completion.of(outcomes::add, outcomes::add));
        world.runUntil(() -> outcomes.size() == 2, Duration.ofSeconds(2));
        assertTrue(world.nanos() - before >= DiskSettings.SLOW.minSyncNanos());
    }

    private void end(int how) {
        switch (how) {
            case 0 -> node.crash();
            case 1 -> node.kill();
            default -> node.stop();
        }
    }

    private static Set<Long> missing(Set<Long> acked, Set<Long> found) {
        Set<Long> missing = new TreeSet<>(acked);
        missing.removeAll(found);
        return missing;
    }

    private void write(long number) {
        append(number, Completion.of(outcomes::add, outcomes::add));
        world.runFor(MOMENT);
    }

    private void append(long number, Completion<Durability> completion) {
        append(node, number, completion);
    }

    private static void append(SimulatedNode node, long number, Completion<Durability> completion) {
        byte[] key = key(number);
        node.run(() -> table(node).append(Token.of(key), key, SetRecords.of(number), completion));
    }

    private Set<Long> numbers() {
        Set<Long> numbers = new TreeSet<>();
        for (long key = 0; key < 20; key++) {
            Optional<?> record = assertInstanceOf(Optional.class, read(node, key));
            record.ifPresent(bytes -> numbers.addAll(SetRecords.numbers((byte[]) bytes)));
        }
        return numbers;
    }

    private static Object read(SimulatedNode node, long number) {
        List<Object> answers = new ArrayList<>();
        byte[] key = key(number);
        node.run(() -> table(node).read(Token.of(key), key, Completion.of(answers::add, answers::add)));
        assertTrue(node.world().runUntil(() -> !answers.isEmpty(), Duration.ofSeconds(10)), "no answer");
        return answers.get(0);
    }

    private static Table table(SimulatedNode node) {
        return node.storage().openTable(new TableSpec("data", new SetRecords()));
    }

    private static byte[] key(long number) {
        return ("key-" + number % 20).getBytes(StandardCharsets.UTF_8);
    }
}

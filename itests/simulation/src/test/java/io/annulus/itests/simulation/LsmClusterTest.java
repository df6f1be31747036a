package io.annulus.itests.simulation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.Keyspace;
import io.annulus.api.KeyspaceMode;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.ReadOptions;
import io.annulus.api.WriteOptions;
import io.annulus.api.ring.RingState.Standing;
import io.annulus.simulator.SimulatedNode;
import io.annulus.simulator.SimulatedWorld;
import io.annulus.storage.testkit.LsmStore;
import io.annulus.testkit.wiring.Seams;
import io.annulus.testkit.wiring.SimulatedAnnulus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** The whole store on the storage engine of production, down to the bytes of simulated disks. */
class LsmClusterTest {

    private static final long SEED = Long.getLong("annulus.seed", 3L);
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int KEYS = 200;

    private final SimulatedWorld world = new SimulatedWorld(SEED);
    private final List<SimulatedAnnulus> nodes = cluster(world);

    private static List<SimulatedAnnulus> cluster(SimulatedWorld world) {
        System.out.println("annulus.seed = " + SEED);
        world.storeIn(LsmStore::new);
        KeyspaceSettings settings = KeyspaceSettings.of("default", KeyspaceMode.CAUSAL, 3);
        return world.addNodes(3).stream()
                .map(node -> new SimulatedAnnulus(node, List.of(settings), Seams.NONE))
                .toList();
    }

    @Test
    void whatWasAcknowledgedSurvivesAPowerCutOfAllNodes() {
        awaitServing();
        for (int i = 0; i < KEYS; i++) {
            await(keyspace(i).put(bytes("key" + i), bytes("value" + i), WriteOptions.acks(2)));
        }
        for (int cut = 0; cut < 3; cut++) {
            nodes.forEach(node -> node.node().crash());
            nodes.forEach(node -> node.node().restart());
            awaitServing();
            for (int i = 0; i < KEYS; i++) {
                List<byte[]> values = await(keyspace(i).get(bytes("key" + i), ReadOptions.quorum()))
                        .values();
                assertEquals(1, values.size(), "key" + i);
                assertArrayEquals(bytes("value" + i), values.get(0));
            }
            // Long enough for memtables to be written out, so that the next cut finds another disk.
            world.runFor(Duration.ofSeconds(11));
        }
        nodes.forEach(node -> assertEquals(Standing.OWNER, standing(node)));
    }

    /** It lacks what was acknowledged since: its reads must not count toward an overlap (T10, T37). */
    @Test
    void aNodeOnAnOldCopyOfItsDiskIsAnAmnesiac() {
        awaitServing();
        SimulatedAnnulus restored = nodes.get(2);
        await(keyspace(0).put(bytes("key"), bytes("old"), WriteOptions.acks(3)));
        restored.node().store().backUp();
        SimulatedNode away = nodes.get(1).node();
        away.crash();
        await(keyspace(0).put(bytes("late"), bytes("new"), WriteOptions.acks(2)));
        restored.node().crash();
        assertTrue(restored.node().restore());
        restored.node().restart();
        away.restart();
        awaitServing();
        assertEquals(Standing.AMNESIAC, standing(restored));
        for (SimulatedAnnulus node : nodes) {
            List<byte[]> values = await(node.keyspace("default").orElseThrow().get(bytes("late"), ReadOptions.quorum()))
                    .values();
            assertEquals(1, values.size(), () -> "read at " + node.node());
        }
    }

    private void awaitServing() {
        assertTrue(world.runUntil(() -> nodes.stream().allMatch(this::seesAll), LIMIT), "the nodes do not serve");
    }

    private boolean seesAll(SimulatedAnnulus node) {
        return node.serves() && node.annulus().orElseThrow().status().membersUp() == nodes.size();
    }

    private static Standing standing(SimulatedAnnulus node) {
        return node.annulus().orElseThrow().status().ring().standing();
    }

    private Keyspace keyspace(int i) {
        return nodes.get(i % 2 == 0 ? 0 : 2).keyspace("default").orElseThrow();
    }

    private <T> T await(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        assertTrue(world.runUntil(future::isDone, LIMIT), "no answer");
        return future.join();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

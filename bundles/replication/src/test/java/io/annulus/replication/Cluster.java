package io.annulus.replication;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.KeyspaceMode;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.KeyspaceStorage;
import io.annulus.api.cluster.MemberStatus;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.cluster.NodeSettings;
import io.annulus.api.ring.RingMember;
import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Sender;
import io.annulus.simulator.SimulatedNode;
import io.annulus.simulator.SimulatedWorld;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;

/** Simulated nodes that serve one keyspace. */
final class Cluster {

    static final ReplicationConfig CONFIG = new ReplicationConfig(1000, 50, 10_000, 8, 10);

    final SimulatedWorld world;
    final List<SimulatedNode> nodes;
    final KeyspaceSettings settings;
    private final List<RingMember> ring;
    private final Map<NodeId, Host> hosts = new TreeMap<>();

    Cluster(long seed, int size, KeyspaceSettings settings, ReplicationConfig config) {
        this.world = new SimulatedWorld(seed);
        this.nodes = world.addNodes(size);
        this.settings = settings;
        List<NodeSettings> all = nodes.stream().map(SimulatedNode::settings).toList();
        this.ring = all.stream()
                .map(node -> new RingMember(node.node(), node.endpoint(), 1, node.rack(), node.weight()))
                .toList();
        for (SimulatedNode node : nodes) {
            AtomicLong counter = new AtomicLong();
            TestMembership membership = new TestMembership(node.settings().node(), all);
            node.program(self -> hosts.put(
                    self.settings().node(),
                    new Host(self, ring, membership, settings, config, counter::incrementAndGet)));
        }
        world.runFor(Duration.ofMillis(5));
    }

    static Cluster of(int size, KeyspaceMode mode) {
        return new Cluster(1, size, settings(mode), CONFIG);
    }

    static KeyspaceSettings settings(KeyspaceMode mode) {
        return new KeyspaceSettings("ks", mode, 3, 2, 2, false, 1_000, 1 << 20, 8, KeyspaceStorage.DEFAULT);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    Host host(int i) {
        return hosts.get(nodes.get(i).settings().node());
    }

    List<RingMember> owners(byte[] key) {
        return new TestRing(1, ring)
                .preferenceList(Token.of(key), settings.copies())
                .owners();
    }

    /** The i-th owner of a key; beyond the copies its stand-ins. */
    Host owner(byte[] key, int i) {
        List<RingMember> walk =
                new TestRing(1, ring).preferenceList(Token.of(key), ring.size()).owners();
        return hosts.get(walk.get(i).node());
    }

    Sender sender(int i) {
        NodeSettings node = nodes.get(i).settings();
        return new Sender(node.node(), 1, node.endpoint());
    }

    /** What all nodes believe of one. */
    void believe(Host of, MemberStatus status) {
        hosts.values()
                .forEach(host -> host.membership.believe(of.node.settings().node(), status));
    }

    <T> T await(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        assertTrue(world.runUntil(future::isDone, Duration.ofSeconds(60)), "the stage never completed");
        try {
            return future.getNow(null);
        } catch (CompletionException e) {
            throw new AssertionError("failed with " + e.getCause(), e);
        }
    }

    <E extends Throwable> E failure(Class<E> kind, CompletionStage<?> stage) {
        CompletableFuture<?> future = stage.toCompletableFuture();
        assertTrue(world.runUntil(future::isDone, Duration.ofSeconds(60)), "the stage never completed");
        Throwable[] cause = new Throwable[1];
        future.whenComplete((result, failure) -> cause[0] = failure);
        assertNotNull(cause[0], "it did not fail");
        return assertInstanceOf(kind, cause[0], "seed " + world.seed());
    }

    /** What a node's disk holds of a key. */
    Optional<TestRecord> held(Host host, byte[] key) {
        byte[] record = host.node.disk().synced("ks", Token.of(key), key);
        return record.length == 0 ? Optional.empty() : Optional.of(TestRecord.decode(record));
    }

    List<String> heldValues(Host host, byte[] key) {
        return held(host, key)
                .map(record -> record.live.values().stream()
                        .map(version -> text(version.value()))
                        .sorted()
                        .toList())
                .orElse(List.of());
    }

    void runMillis(long millis) {
        world.runFor(Duration.ofMillis(millis));
    }

    /** Runs past every deadline, and checks that nothing is left behind. */
    void settle() {
        runMillis(20_000);
        for (SimulatedNode node : nodes) {
            Host host = hosts.get(node.settings().node());
            assertTrue(!node.isRunning() || host.isQuiet(), host.toString());
        }
    }
}

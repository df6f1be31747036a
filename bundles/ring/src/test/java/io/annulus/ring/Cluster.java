package io.annulus.ring;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.cluster.NodeSettings;
import io.annulus.api.ring.RingState;
import io.annulus.api.ring.RingState.Standing;
import io.annulus.simulator.SimulatedNode;
import io.annulus.simulator.SimulatedWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Nodes that run gossip and the formation of the ring in a simulated world. */
final class Cluster {

    static final Duration LIMIT = Duration.ofSeconds(30);

    final SimulatedWorld world;
    final List<SimulatedNode> nodes = new ArrayList<>();
    final Map<SimulatedNode, RingFormation> formations = new HashMap<>();
    private final Map<SimulatedNode, Duration> delays = new HashMap<>();

    Cluster(long seed) {
        world = new SimulatedWorld(seed);
    }

    /** A cluster of so many founders, n1 first, all started. */
    static Cluster of(long seed, int count) {
        Cluster cluster = new Cluster(seed);
        int[] founders = IntStream.rangeClosed(1, count).toArray();
        for (int i : founders) {
            cluster.add(i, 100, founders);
        }
        return cluster;
    }

    SimulatedNode add(int i, int weight, int... founders) {
        List<Endpoint> seeds =
                Arrays.stream(founders).mapToObj(SimulatedWorld::endpoint).toList();
        SimulatedNode node = world.addNode(new NodeSettings(
                new NodeId("n" + i), SimulatedWorld.endpoint(i), "r" + i, weight, seeds, Path.of("/simulated/n" + i)));
        nodes.add(node);
        node.program(this::build);
        return node;
    }

    /** From its next start on, a node gossips for a while before it looks for its ring. */
    void looksForItsRingAfter(SimulatedNode node, Duration delay) {
        delays.put(node, delay);
    }

    private void build(SimulatedNode node) {
        TestMembership membership = new TestMembership(node);
        RingFormation formation = new RingFormation(
                node.settings(), node, node.messenger(), membership, node.storage(), new RingConfig(500));
        formations.put(node, formation);
        if (delays.containsKey(node)) {
            node.loop().schedule(delays.get(node).toNanos(), formation::start);
        } else {
            formation.start();
        }
    }

    RingState state(SimulatedNode node) {
        return formations.get(node).state();
    }

    Standing standing(SimulatedNode node) {
        return state(node).standing();
    }

    long hash(SimulatedNode node) {
        return state(node).ring().orElseThrow().hash();
    }

    boolean allHaveOneRing() {
        return nodes.stream()
                        .allMatch(node -> node.isRunning() && state(node).ring().isPresent())
                && nodes.stream().map(this::hash).distinct().count() == 1;
    }

    boolean form() {
        return world.runUntil(this::allHaveOneRing, LIMIT);
    }
}

package io.annulus.membership;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.MemberStatus;
import io.annulus.api.cluster.MemberView;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.cluster.NodeSettings;
import io.annulus.simulator.SimulatedNode;
import io.annulus.simulator.SimulatedWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** Simulated nodes that run membership alone. */
final class Cluster {

    /** An opinion that changed, and when. */
    record Change(long nanos, SimulatedNode at, MemberView view) {}

    final SimulatedWorld world;
    final List<Change> changes = new ArrayList<>();
    private final Map<SimulatedNode, GossipMembership> memberships = new HashMap<>();

    Cluster(long seed) {
        world = new SimulatedWorld(seed);
    }

    /** A cluster of nodes that all have the first one as their only seed. */
    static Cluster of(int count, long seed) {
        Cluster cluster = new Cluster(seed);
        for (int i = 1; i <= count; i++) {
            cluster.add("n" + i, i);
        }
        return cluster;
    }

    SimulatedNode add(String name, int endpoint) {
        SimulatedNode node = world.addNode(new NodeSettings(
                new NodeId(name),
                SimulatedWorld.endpoint(endpoint),
                "rack",
                1,
                List.of(SimulatedWorld.endpoint(1)),
                Path.of("/simulated/" + name)));
        node.program(this::start);
        return node;
    }

    private void start(SimulatedNode node) {
        GossipMembership membership = GossipMembership.start(
                GossipConfig.standard(), node.settings(), node.storage().identity(), node, node.messenger());
        memberships.put(node, membership);
        membership.listen(view -> changes.add(new Change(world.nanos(), node, view)));
    }

    SimulatedNode node(int i) {
        return world.nodes().get(i - 1);
    }

    GossipMembership membership(SimulatedNode node) {
        return memberships.get(node);
    }

    List<SimulatedNode> running() {
        return world.nodes().stream().filter(SimulatedNode::isRunning).toList();
    }

    /** Whether every running node but the given one has this opinion of it. */
    boolean allSee(SimulatedNode node, MemberStatus status) {
        return running().stream()
                .filter(other -> other != node)
                .allMatch(other -> sees(other, node.settings().node(), status));
    }

    boolean sees(SimulatedNode at, NodeId node, MemberStatus status) {
        return membership(at).members().stream()
                .anyMatch(view -> view.member().node().equals(node) && view.status() == status);
    }

    /** Whether every running node sees every running node up. */
    boolean isWhole() {
        return running().stream().allMatch(node -> allSee(node, MemberStatus.UP));
    }

    /** Runs until all is whole; the seconds it took. */
    double secondsUntilWhole() {
        return secondsUntil(this::isWhole);
    }

    double secondsUntil(BooleanSupplier condition) {
        long begin = world.nanos();
        if (!world.runUntil(condition, Duration.ofSeconds(120))) {
            throw new AssertionError("it was not so within 120 s; seed " + world.seed());
        }
        return (world.nanos() - begin) / 1e9;
    }

    void run(int seconds) {
        world.runFor(Duration.ofSeconds(seconds));
    }

    /** Changes for the worse since a time. */
    List<Change> accusationsSince(long nanos) {
        return changes.stream()
                .filter(change -> change.nanos() >= nanos && change.view().status() != MemberStatus.UP)
                .toList();
    }

    static Endpoint endpoint(int i) {
        return SimulatedWorld.endpoint(i);
    }
}

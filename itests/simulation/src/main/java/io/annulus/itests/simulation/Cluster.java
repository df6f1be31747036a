package io.annulus.itests.simulation;

import io.annulus.api.Keyspace;
import io.annulus.api.NodeStatus;
import io.annulus.api.ReplicaHolding;
import io.annulus.api.ring.RingState.Standing;
import io.annulus.api.version.Dot;
import io.annulus.simulator.SimulatedWorld;
import io.annulus.simulator.workload.Gateway;
import io.annulus.simulator.workload.WorkloadPlan;
import io.annulus.testkit.wiring.Seams;
import io.annulus.testkit.wiring.SimulatedAnnulus;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** The nodes of one run. Used on the thread of the world. */
final class Cluster implements Gateway {

    private static final int HOLDINGS_MILLIS = 2_000;

    private final int keyspaces;
    private final List<SimulatedAnnulus> nodes;
    private final Timestamps timestamps = new Timestamps();

    Cluster(SimulatedWorld world, RunConfig config) {
        config.store().useIn(world);
        keyspaces = config.workload().keyspaces().size();
        Seams seams = config.seams().under(timestamps.listening());
        nodes = world.addNodes(config.nodes()).stream()
                .map(node -> new SimulatedAnnulus(node, config.workload().keyspaces(), seams))
                .toList();
    }

    List<SimulatedAnnulus> nodes() {
        return nodes;
    }

    /** Nodes that run; those that are dead never do again. */
    List<SimulatedAnnulus> running() {
        return nodes.stream().filter(node -> node.node().isRunning()).toList();
    }

    /** Whether each node that runs knows its ring and serves every keyspace. */
    boolean allServe() {
        return running().stream()
                .allMatch(node -> node.serves()
                        && node.annulus().map(view -> view.keyspaces().size()).orElse(0) == keyspaces);
    }

    /** Whether each node that runs serves, and believes just those up that run. */
    boolean isWhole() {
        int running = running().size();
        return allServe() && running().stream().allMatch(node -> status(node).membersUp() == running);
    }

    /** Restarts nodes that could not reserve what they need when they started, as their log tells the operator to. */
    void restartUnserving() {
        for (SimulatedAnnulus node : running()) {
            if (node.startFailure().isPresent()) {
                node.node().stop();
                node.node().restart();
            }
        }
    }

    /** Records that nodes keep for others. */
    long hints() {
        return running().stream().mapToLong(node -> status(node).hints()).sum();
    }

    /** Whether a node runs on the disk that it had when the ring was formed, so that its answers count. */
    boolean isOwner(String name) {
        return running().stream()
                .filter(node -> node.node().toString().equals(name))
                .anyMatch(node -> status(node).ring().standing() == Standing.OWNER);
    }

    /** A node whose answers count, for reads of the run itself. */
    SimulatedAnnulus anyOwner() {
        return running().stream()
                .filter(node -> isOwner(node.node().toString()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no node holds what it acknowledged"));
    }

    CompletionStage<List<ReplicaHolding>> holdings(String key) {
        byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
        return anyOwner()
                .annulus()
                .orElseThrow(() -> new IllegalStateException("a node that runs does not serve"))
                .endpoints(WorkloadPlan.keyspaceOf(key), bytes, HOLDINGS_MILLIS);
    }

    private static NodeStatus status(SimulatedAnnulus node) {
        return node.annulus()
                .orElseThrow(() -> new IllegalStateException(node.node() + " runs and does not serve"))
                .status();
    }

    @Override
    public List<String> names() {
        return nodes.stream().map(node -> node.node().toString()).toList();
    }

    @Override
    public Optional<Keyspace> keyspace(String name, String keyspace) {
        return nodes.stream()
                .filter(node -> node.node().toString().equals(name))
                .findFirst()
                .flatMap(node -> node.keyspace(keyspace));
    }

    @Override
    public OptionalLong timestampOf(Dot dot) {
        return timestamps.of(dot);
    }
}

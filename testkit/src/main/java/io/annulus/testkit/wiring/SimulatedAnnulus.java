package io.annulus.testkit.wiring;

import io.annulus.api.Annulus;
import io.annulus.api.Keyspace;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.runtime.Completion;
import io.annulus.api.runtime.Messenger;
import io.annulus.api.runtime.NodeRuntime;
import io.annulus.api.storage.StorageEngine;
import io.annulus.membership.GossipConfig;
import io.annulus.membership.GossipMembership;
import io.annulus.replication.Environment;
import io.annulus.replication.Replication;
import io.annulus.replication.ReplicationConfig;
import io.annulus.ring.RingConfig;
import io.annulus.ring.RingFormation;
import io.annulus.simulator.SimulatedNode;
import io.annulus.versioning.DotSource;
import io.annulus.versioning.RecordVersioning;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The whole store on one simulated node, wired anew in each of its lives. */
public final class SimulatedAnnulus {

    private static final int RING_WAIT_MILLIS = 1_000;

    private final SimulatedNode node;
    private final List<KeyspaceSettings> keyspaces;
    private final Seams seams;
    private Optional<Replication> replication = Optional.empty();
    private Optional<Throwable> startFailure = Optional.empty();

    /** Wires a node that runs, and again whenever it starts. */
    public SimulatedAnnulus(SimulatedNode node, List<KeyspaceSettings> keyspaces, Seams seams) {
        this.node = Objects.requireNonNull(node, "node");
        this.keyspaces = List.copyOf(keyspaces);
        this.seams = Objects.requireNonNull(seams, "seams");
        node.program(this::wire);
    }

    private void wire(SimulatedNode self) {
        replication = Optional.empty();
        startFailure = Optional.empty();
        NodeRuntime runtime = seams.runtime(self, HybridClockRuntime.of(self));
        Messenger messenger = seams.messenger(self, self.messenger());
        StorageEngine storage = seams.storage(self, self.storage());
        GossipMembership membership = GossipMembership.start(
                GossipConfig.standard(), self.settings(), storage.identity(), runtime, messenger);
        RingFormation rings = new RingFormation(
                self.settings(), runtime, messenger, membership, storage, new RingConfig(RING_WAIT_MILLIS));
        rings.start();
        DotSource dots = new DotSource(storage.identity(), storage.system(), seams.dotsReserved());
        Environment environment = new Environment(
                runtime,
                messenger,
                seams.membership(self, membership),
                seams.rings(self, rings),
                storage,
                seams.versioning(self, new RecordVersioning()),
                seams.dots(self, dots),
                ReplicationConfig.defaults());
        dots.start(Completion.of(first -> serve(environment), failure -> startFailure = Optional.of(failure)));
    }

    private void serve(Environment environment) {
        Replication created = new Replication(environment);
        created.start();
        keyspaces.forEach(created::openKeyspace);
        replication = Optional.of(created);
    }

    /** The node. */
    public SimulatedNode node() {
        return node;
    }

    /** A keyspace, while the node runs and has opened it. */
    public Optional<Keyspace> keyspace(String name) {
        return annulus().flatMap(view -> view.keyspace(name)).map(keyspace -> seams.keyspace(node, keyspace));
    }

    /** The cluster as this node sees it, while it runs and has opened its keyspaces. */
    public Optional<Annulus> annulus() {
        return node.isRunning() ? replication.map(Replication::annulus) : Optional.empty();
    }

    /** Why the node does not serve in this life, when its disk would not take what it must reserve first. */
    public Optional<Throwable> startFailure() {
        return startFailure;
    }

    /** Whether the node runs and knows its ring. */
    public boolean serves() {
        return annulus().map(view -> view.ring().ring().isPresent()).orElse(false);
    }
}

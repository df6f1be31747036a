package io.annulus.itests.simulation;

import io.annulus.api.Annulus;
import io.annulus.api.Keyspace;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.runtime.Completion;
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
import java.util.Optional;

/** The whole store on one simulated node, wired anew in each of its lives. */
final class SimulatedAnnulus {

    private static final int DOT_BLOCK = 64;

    private final SimulatedNode node;
    private final List<KeyspaceSettings> keyspaces;
    private Optional<Replication> replication = Optional.empty();

    SimulatedAnnulus(SimulatedNode node, List<KeyspaceSettings> keyspaces) {
        this.node = node;
        this.keyspaces = keyspaces;
        node.program(this::wire);
    }

    private void wire(SimulatedNode self) {
        replication = Optional.empty();
        GossipMembership membership = GossipMembership.start(
                GossipConfig.standard(), self.settings(), self.storage().identity(), self, self.messenger());
        RingFormation rings = new RingFormation(
                self.settings(), self, self.messenger(), membership, self.storage(), new RingConfig(1_000));
        rings.start();
        DotSource dots = new DotSource(self.storage().identity(), self.storage().system(), DOT_BLOCK);
        Environment environment = new Environment(
                self,
                self.messenger(),
                membership,
                rings,
                self.storage(),
                new RecordVersioning(),
                dots,
                ReplicationConfig.defaults());
        dots.start(Completion.of(first -> serve(environment), failure -> {
            throw new IllegalStateException(failure);
        }));
    }

    private void serve(Environment environment) {
        Replication created = new Replication(environment);
        created.start();
        keyspaces.forEach(created::openKeyspace);
        replication = Optional.of(created);
    }

    SimulatedNode node() {
        return node;
    }

    /** A keyspace, while the node runs and has opened it. */
    Optional<Keyspace> keyspace(String name) {
        return node.isRunning()
                ? replication.flatMap(running -> running.annulus().keyspace(name))
                : Optional.empty();
    }

    Annulus annulus() {
        return replication.orElseThrow().annulus();
    }

    boolean serves() {
        return node.isRunning()
                && replication
                        .map(running -> running.annulus().ring().ring().isPresent())
                        .orElse(false);
    }
}

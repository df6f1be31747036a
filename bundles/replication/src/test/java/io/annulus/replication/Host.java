package io.annulus.replication;

import io.annulus.api.Keyspace;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.ring.RingMember;
import io.annulus.simulator.SimulatedNode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/** The request path of one life of a node. */
final class Host {

    final SimulatedNode node;
    final TestMembership membership;
    final TestRings rings;
    final TestMessenger messenger;
    final TestDots dots;
    final Replication replication;
    final CompletableFuture<Keyspace> keyspace;

    Host(
            SimulatedNode node,
            List<RingMember> ring,
            TestMembership membership,
            KeyspaceSettings settings,
            ReplicationConfig config,
            LongSupplier counter) {
        this.node = node;
        this.membership = membership;
        this.rings = new TestRings(new TestRing(1, ring));
        this.messenger = new TestMessenger(node.messenger());
        this.dots = new TestDots(node.storage().identity().origin(), counter);
        this.replication = new Replication(new Environment(
                node, messenger, membership, rings, node.storage(), new TestVersioning(), dots, config));
        replication.start();
        this.keyspace = replication.openKeyspace(settings).toCompletableFuture();
    }

    Keyspace keyspace() {
        return keyspace.getNow(null);
    }

    ReplicationCore core() {
        return replication.core();
    }

    /** Whether no request, timer or chain of an operation is left. */
    boolean isQuiet() {
        return core().requests().size() == 0
                && core().underway() == 0
                && core().chains().size() == 0;
    }

    @Override
    public String toString() {
        return node + ": " + core().requests().size() + " requests, " + core().underway() + " under way, "
                + core().chains().size() + " chains, " + core().hints().count() + " hints";
    }
}

package io.annulus.replication;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.MemberStatus;
import io.annulus.api.cluster.Membership;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.ring.RingMember;
import io.annulus.api.ring.RingService;
import io.annulus.api.runtime.EventLoop;
import io.annulus.api.runtime.Messenger;
import io.annulus.api.runtime.NodeRuntime;
import io.annulus.api.storage.StorageEngine;
import io.annulus.api.version.DotSupply;
import io.annulus.api.version.Versioning;
import java.util.Objects;

/**
 * What the request path works with; the same constructor for production and simulator.
 *
 * @param runtime loop, clocks, randomness and the executor of callbacks
 * @param messenger messages to other nodes
 * @param membership who is believed up
 * @param rings the ring in use
 * @param storage tables of this node
 * @param versioning makes and joins records
 * @param dots fresh names of versions
 * @param config settings
 */
public record Environment(
        NodeRuntime runtime,
        Messenger messenger,
        Membership membership,
        RingService rings,
        StorageEngine storage,
        Versioning versioning,
        DotSupply dots,
        ReplicationConfig config) {

    public Environment {
        Objects.requireNonNull(runtime, "runtime");
        Objects.requireNonNull(messenger, "messenger");
        Objects.requireNonNull(membership, "membership");
        Objects.requireNonNull(rings, "rings");
        Objects.requireNonNull(storage, "storage");
        Objects.requireNonNull(versioning, "versioning");
        Objects.requireNonNull(dots, "dots");
        Objects.requireNonNull(config, "config");
    }

    EventLoop loop() {
        return runtime.loop();
    }

    NodeId self() {
        return storage.identity().node();
    }

    boolean isSelf(RingMember member) {
        return member.node().equals(self());
    }

    /** Whether a member is not believed dead; this node never is. */
    boolean isReachable(RingMember member) {
        return isSelf(member) || membership.statusOf(member.node()) != MemberStatus.DOWN;
    }

    /** Where a member is reached now; a node may have come back at another address than the ring's. */
    Endpoint endpointOf(RingMember member) {
        return membership
                .member(member.node())
                .map(view -> view.member().endpoint())
                .orElse(member.endpoint());
    }
}

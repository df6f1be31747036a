package io.annulus.replication;

import io.annulus.api.ReplicaAnswer.Role;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.ring.RingMember;
import java.util.Objects;
import java.util.Optional;

/**
 * A replica that a write goes to.
 *
 * @param member the replica
 * @param hintFor the owner that it stands in for, empty when it is an owner
 * @param reachable whether it is asked; an owner that is believed down is not
 */
record Target(RingMember member, Optional<NodeId> hintFor, boolean reachable) {

    Target {
        Objects.requireNonNull(member, "member");
        Objects.requireNonNull(hintFor, "hintFor");
    }

    Role role() {
        return hintFor.isPresent() ? Role.STAND_IN : Role.OWNER;
    }
}

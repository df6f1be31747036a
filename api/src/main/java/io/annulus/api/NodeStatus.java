package io.annulus.api;

import io.annulus.api.cluster.Member;
import io.annulus.api.ring.RingState;
import io.annulus.api.storage.StorageStatus;
import java.util.Objects;

/**
 * How a node fares.
 *
 * @param self the node
 * @param ring its ring and standing
 * @param storage its storage
 * @param membersUp members believed up, itself included
 * @param members members heard of
 * @param hints records that it keeps for owners that are down
 * @param serving whether it takes requests
 */
public record NodeStatus(
        Member self, RingState ring, StorageStatus storage, int membersUp, int members, long hints, boolean serving) {

    public NodeStatus {
        Objects.requireNonNull(self, "self");
        Objects.requireNonNull(ring, "ring");
        Objects.requireNonNull(storage, "storage");
    }
}

package io.annulus.api.ring;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.NodeId;
import java.util.Objects;

/**
 * A member of a ring.
 *
 * @param node its name
 * @param endpoint where it receives messages
 * @param storeId the data directory that was given the arcs; the same name on another directory has lost its data
 * @param rack its failure domain
 * @param weight its share of arcs, 0 for none
 */
public record RingMember(NodeId node, Endpoint endpoint, long storeId, String rack, int weight) {

    public RingMember {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(rack, "rack");
    }
}

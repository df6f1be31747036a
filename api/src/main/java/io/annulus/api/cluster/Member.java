package io.annulus.api.cluster;

import java.util.Objects;

/**
 * A node as gossip knows it.
 *
 * @param node its name
 * @param endpoint where it receives messages
 * @param storeId id of its data directory; another id under the same name is a node that lost its data
 * @param rack its failure domain
 * @param weight its share of arcs
 * @param generation grows with each start of the node
 * @param heartbeat grows while the node runs
 * @param ringEpoch epoch of the ring it uses, 0 when it has none
 * @param ringHash hash of that ring
 */
public record Member(
        NodeId node,
        Endpoint endpoint,
        long storeId,
        String rack,
        int weight,
        long generation,
        long heartbeat,
        long ringEpoch,
        long ringHash) {

    public Member {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(rack, "rack");
    }

    /** Whether this state of a node is later than another of the same node. */
    public boolean isLaterThan(Member other) {
        return generation != other.generation ? generation > other.generation : heartbeat > other.heartbeat;
    }
}

package io.annulus.api;

import io.annulus.api.cluster.Endpoint;
import java.util.List;
import java.util.Objects;

/**
 * What one replica of a key holds itself.
 *
 * @param node name of the replica
 * @param endpoint where it is reached
 * @param rack its failure domain
 * @param role whether it is one of the key's own
 * @param state what it said
 * @param siblings the values that it holds; empty when it holds none
 * @param digest digest of its record, 0 when it holds none; replicas that agree have the same
 */
public record ReplicaHolding(
        String node,
        Endpoint endpoint,
        String rack,
        ReplicaAnswer.Role role,
        State state,
        List<Sibling> siblings,
        long digest) {

    /** What a replica said. */
    public enum State {
        /** It holds at least one value. */
        VALUE,
        /** It holds a tombstone. */
        TOMBSTONE,
        /** It holds nothing. */
        ABSENT,
        /** It did not answer in time. */
        SILENT,
        /** It refused or failed. */
        FAILED,
    }

    public ReplicaHolding {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(rack, "rack");
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(state, "state");
        siblings = List.copyOf(siblings);
    }
}

package io.annulus.api.ring;

import java.util.Objects;
import java.util.Optional;

/**
 * What a node knows of its ring.
 *
 * @param ring the ring in use, empty while the founding members have not all been heard
 * @param standing this node's standing in it
 * @param explanation one sentence for the operator: what is waited for, or what is wrong and how it is mended
 */
public record RingState(Optional<Ring> ring, Standing standing, String explanation) {

    /** A node's standing in its ring. */
    public enum Standing {
        /** There is no ring yet. */
        FORMING,
        /** The node owns arcs and holds what it acknowledged. */
        OWNER,
        /** The node serves clients and owns nothing. */
        CLIENT,
        /** The ring names this node with another data directory: it takes writes, and its reads count for nothing. */
        AMNESIAC,
        /** Another node uses a different ring of the same epoch: the node refuses to serve. */
        CONFLICT,
    }

    public RingState {
        Objects.requireNonNull(ring, "ring");
        Objects.requireNonNull(standing, "standing");
        Objects.requireNonNull(explanation, "explanation");
    }
}

package io.annulus.api.message;

import io.annulus.api.ring.RingDescription;
import java.util.Objects;

/**
 * Tells a ring.
 *
 * @param ring the sender's ring
 */
public record RingReply(RingDescription ring) implements Message {

    public RingReply {
        Objects.requireNonNull(ring, "ring");
    }

    @Override
    public Verb verb() {
        return Verb.RING_REPLY;
    }
}

package io.annulus.api.message;

/**
 * Asks for a ring.
 *
 * @param knownEpoch epoch of the asking node's ring, 0 for none
 */
public record RingRequest(long knownEpoch) implements Message {

    @Override
    public Verb verb() {
        return Verb.RING_REQUEST;
    }
}

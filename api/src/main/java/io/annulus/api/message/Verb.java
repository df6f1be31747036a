package io.annulus.api.message;

/** What a message asks or answers; each verb has one {@link Message} record. */
public enum Verb {
    /** Heartbeats and states of members. */
    GOSSIP,
    /** A node asks another for its ring. */
    RING_REQUEST,
    /** A node tells another its ring. */
    RING_REPLY,
    /** A coordinator gives a replica a record. */
    WRITE_REQUEST,
    /** The replica says what became of it. */
    WRITE_REPLY,
    /** A coordinator asks a replica for a record or its digest. */
    READ_REQUEST,
    /** The replica answers. */
    READ_REPLY,
    /** A node that owns no copy of a key asks an owner to coordinate a causal write. */
    COORDINATE_REQUEST,
    /** The owner says how the write went. */
    COORDINATE_REPLY,
}

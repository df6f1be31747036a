package io.annulus.api.message;

/** A message between nodes. Switch over {@link #verb()} without a default, so that a new verb is a compile error. */
public sealed interface Message
        permits Gossip,
                RingRequest,
                RingReply,
                WriteRequest,
                WriteReply,
                ReadRequest,
                ReadReply,
                CoordinateRequest,
                CoordinateReply {

    /** The verb of this record. */
    Verb verb();
}

package io.annulus.transport;

/** What the transport counts. */
public enum TransportCounter {
    /** Messages given to Aeron whole. */
    FRAMES_SENT("transport.sent.frames"),
    /** Bytes given to Aeron. */
    BYTES_SENT("transport.sent.bytes"),
    /** Messages of peers that were handed to a handler. */
    FRAMES_RECEIVED("transport.received.frames"),
    /** Bytes taken from Aeron. */
    BYTES_RECEIVED("transport.received.bytes"),
    /** Messages of the node to itself that were handed to a handler. */
    SELF_DELIVERED("transport.self.messages"),
    /** Not sent: the messenger is closed or its Aeron client has failed. */
    REFUSED_CLOSED("transport.refused.closed.messages"),
    /** Not sent: longer than a message may be, or a part of it does not fit the schema. */
    REFUSED_TOO_LARGE("transport.refused.large.messages"),
    /** Not sent: the queue is full. */
    REFUSED_QUEUE_FULL("transport.refused.full.messages"),
    /** Not sent: the address could not be used a moment ago, or there are too many peers. */
    REFUSED_NO_ROUTE("transport.refused.route.messages"),
    /** Dropped from a queue: the peer took nothing for too long. */
    DROPPED_UNREACHABLE("transport.dropped.unreachable.messages"),
    /** Dropped on arrival: not a frame, damaged, of a newer version, or not a valid message. */
    DROPPED_MALFORMED("transport.dropped.malformed.frames"),
    /** Dropped on arrival: of another cluster. */
    DROPPED_FOREIGN("transport.dropped.foreign.frames"),
    /** Dropped on arrival: a part was lost, or the rest did not come in time. */
    DROPPED_INCOMPLETE("transport.dropped.incomplete.frames"),
    /** Dropped on arrival: parts of a frame the beginning of which is not there. */
    DROPPED_ORPHANS("transport.dropped.orphan.parts"),
    /** Dropped on arrival: incomplete messages take up all that they may. */
    DROPPED_NO_ROOM("transport.dropped.room.frames"),
    /** Dropped on arrival: nobody listens to its verb. */
    DROPPED_NO_HANDLER("transport.dropped.unheard.messages"),
    /** Handlers that threw. */
    HANDLER_FAILURES("transport.handler.failures"),
    /** Errors that Aeron reported. */
    AERON_ERRORS("transport.aeron.errors");

    private final String metric;

    TransportCounter(String metric) {
        this.metric = metric;
    }

    /** Its name among metrics. */
    public String metric() {
        return metric;
    }
}

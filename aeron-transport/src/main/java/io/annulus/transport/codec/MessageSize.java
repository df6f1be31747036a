package io.annulus.transport.codec;

import io.annulus.api.message.CoordinateReply;
import io.annulus.api.message.CoordinateRequest;
import io.annulus.api.message.Gossip;
import io.annulus.api.message.Message;
import io.annulus.api.message.ReadReply;
import io.annulus.api.message.ReadRequest;
import io.annulus.api.message.RingReply;
import io.annulus.api.message.WriteRequest;

/** How much room a message takes, without encoding it. */
public final class MessageSize {

    private static final int FIXED_BYTES = 128;
    private static final int MEMBER_BYTES = 192;

    private MessageSize() {}

    /** About the number of bytes of a message: exact in keys, values, records and contexts, a guess in what is small. */
    public static long estimate(Message message) {
        return FIXED_BYTES
                + switch (message.verb()) {
                    case GOSSIP -> (long) ((Gossip) message).members().size() * MEMBER_BYTES;
                    case RING_REQUEST, WRITE_REPLY -> 0L;
                    case RING_REPLY -> of((RingReply) message);
                    case WRITE_REQUEST -> of((WriteRequest) message);
                    case READ_REQUEST -> ((ReadRequest) message).key().length;
                    case READ_REPLY ->
                        ((ReadReply) message).record().map(r -> r.length).orElse(0);
                    case COORDINATE_REQUEST -> of((CoordinateRequest) message);
                    case COORDINATE_REPLY -> ((CoordinateReply) message).context().length;
                };
    }

    private static long of(RingReply reply) {
        return (long) reply.ring().members().size() * MEMBER_BYTES
                + 2L * reply.ring().owners().length;
    }

    private static long of(WriteRequest request) {
        return (long) request.key().length + request.record().length;
    }

    private static long of(CoordinateRequest request) {
        int value = request.value().map(v -> v.length).orElse(0);
        return (long) request.key().length + request.context().length + value;
    }
}

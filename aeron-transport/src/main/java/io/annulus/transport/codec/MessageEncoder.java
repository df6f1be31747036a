package io.annulus.transport.codec;

import io.annulus.api.message.CoordinateReply;
import io.annulus.api.message.CoordinateRequest;
import io.annulus.api.message.Gossip;
import io.annulus.api.message.Message;
import io.annulus.api.message.ReadReply;
import io.annulus.api.message.ReadRequest;
import io.annulus.api.message.RingReply;
import io.annulus.api.message.RingRequest;
import io.annulus.api.message.WriteReply;
import io.annulus.api.message.WriteRequest;
import org.agrona.MutableDirectBuffer;

/** Writes messages. Owned by one thread; reusable without end. */
public final class MessageEncoder {

    private final ClusterCodec cluster = new ClusterCodec();
    private final ReplicaCodec replica = new ReplicaCodec();
    private final CoordinateCodec coordinate = new CoordinateCodec();

    /**
     * Writes one message, header and all.
     *
     * @param buffer one that grows, or is large enough
     * @return how many bytes were written
     * @throws IllegalArgumentException naming the part that does not fit the schema, such as a text above 65534 bytes
     */
    public int encode(Message message, MutableDirectBuffer buffer, int offset) {
        return switch (message.verb()) {
            case GOSSIP -> cluster.encode((Gossip) message, buffer, offset);
            case RING_REQUEST -> cluster.encode((RingRequest) message, buffer, offset);
            case RING_REPLY -> cluster.encode((RingReply) message, buffer, offset);
            case WRITE_REQUEST -> replica.encode((WriteRequest) message, buffer, offset);
            case WRITE_REPLY -> replica.encode((WriteReply) message, buffer, offset);
            case READ_REQUEST -> replica.encode((ReadRequest) message, buffer, offset);
            case READ_REPLY -> replica.encode((ReadReply) message, buffer, offset);
            case COORDINATE_REQUEST -> coordinate.encode((CoordinateRequest) message, buffer, offset);
            case COORDINATE_REPLY -> coordinate.encode((CoordinateReply) message, buffer, offset);
        };
    }
}

package io.annulus.transport.codec;

import io.annulus.api.message.Message;
import io.annulus.api.message.Verb;
import io.annulus.transport.sbe.CoordinateReplyDecoder;
import io.annulus.transport.sbe.CoordinateRequestDecoder;
import io.annulus.transport.sbe.GossipDecoder;
import io.annulus.transport.sbe.MessageHeaderDecoder;
import io.annulus.transport.sbe.ReadReplyDecoder;
import io.annulus.transport.sbe.ReadRequestDecoder;
import io.annulus.transport.sbe.RingReplyDecoder;
import io.annulus.transport.sbe.RingRequestDecoder;
import io.annulus.transport.sbe.WriteReplyDecoder;
import io.annulus.transport.sbe.WriteRequestDecoder;
import org.agrona.DirectBuffer;

/** Reads messages. Owned by one thread; reusable without end. */
public final class MessageDecoder {

    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final Payload payload = new Payload();
    private final ClusterCodec cluster = new ClusterCodec();
    private final ReplicaCodec replica = new ReplicaCodec();
    private final CoordinateCodec coordinate = new CoordinateCodec();
    private final Verb[] verbs;

    /** @throws IllegalStateException when Agrona's bounds checks, on which safe reading rests, are turned off */
    public MessageDecoder() {
        if (!DirectBuffer.SHOULD_BOUNDS_CHECK) {
            throw new IllegalStateException("bounds checks of Agrona are off, so a damaged message could read foreign"
                    + " memory; start the JVM without -D" + DirectBuffer.DISABLE_BOUNDS_CHECKS_PROP_NAME);
        }
        verbs = new Verb[Verb.values().length + 1];
        for (Verb verb : Verb.values()) {
            verbs[templateId(verb)] = verb;
        }
    }

    /**
     * Reads the message that takes up all of a stretch of bytes; what it holds is copied out of them.
     *
     * @throws MalformedMessageException when these bytes are no message of this schema
     */
    public Message decode(DirectBuffer buffer, int offset, int length) throws MalformedMessageException {
        try {
            payload.wrap(buffer, offset, length);
            header.wrap(payload.view(), 0);
            return decode(verb());
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new MalformedMessageException("malformed message of " + length + " bytes: " + e.getMessage(), e);
        }
    }

    private Verb verb() throws MalformedMessageException {
        if (header.schemaId() != MessageHeaderDecoder.SCHEMA_ID) {
            throw new MalformedMessageException(
                    "message of schema " + header.schemaId() + ", not " + MessageHeaderDecoder.SCHEMA_ID);
        }
        if (header.version() > MessageHeaderDecoder.SCHEMA_VERSION) {
            throw new MalformedMessageException("message of schema version " + header.version()
                    + "; this node reads up to " + MessageHeaderDecoder.SCHEMA_VERSION + ": upgrade it");
        }
        int template = header.templateId();
        if (template < 1 || template >= verbs.length) {
            throw new MalformedMessageException("message of unknown template " + template);
        }
        return verbs[template];
    }

    private Message decode(Verb verb) throws MalformedMessageException {
        payload.begin(verb, header.blockLength(), blockLength(verb));
        return switch (verb) {
            case GOSSIP -> cluster.decodeGossip(payload);
            case RING_REQUEST -> cluster.decodeRingRequest(payload);
            case RING_REPLY -> cluster.decodeRingReply(payload);
            case WRITE_REQUEST -> replica.decodeWriteRequest(payload);
            case WRITE_REPLY -> replica.decodeWriteReply(payload);
            case READ_REQUEST -> replica.decodeReadRequest(payload);
            case READ_REPLY -> replica.decodeReadReply(payload);
            case COORDINATE_REQUEST -> coordinate.decodeRequest(payload);
            case COORDINATE_REPLY -> coordinate.decodeReply(payload);
        };
    }

    private static int templateId(Verb verb) {
        return switch (verb) {
            case GOSSIP -> GossipDecoder.TEMPLATE_ID;
            case RING_REQUEST -> RingRequestDecoder.TEMPLATE_ID;
            case RING_REPLY -> RingReplyDecoder.TEMPLATE_ID;
            case WRITE_REQUEST -> WriteRequestDecoder.TEMPLATE_ID;
            case WRITE_REPLY -> WriteReplyDecoder.TEMPLATE_ID;
            case READ_REQUEST -> ReadRequestDecoder.TEMPLATE_ID;
            case READ_REPLY -> ReadReplyDecoder.TEMPLATE_ID;
            case COORDINATE_REQUEST -> CoordinateRequestDecoder.TEMPLATE_ID;
            case COORDINATE_REPLY -> CoordinateReplyDecoder.TEMPLATE_ID;
        };
    }

    private static int blockLength(Verb verb) {
        return switch (verb) {
            case GOSSIP -> GossipDecoder.BLOCK_LENGTH;
            case RING_REQUEST -> RingRequestDecoder.BLOCK_LENGTH;
            case RING_REPLY -> RingReplyDecoder.BLOCK_LENGTH;
            case WRITE_REQUEST -> WriteRequestDecoder.BLOCK_LENGTH;
            case WRITE_REPLY -> WriteReplyDecoder.BLOCK_LENGTH;
            case READ_REQUEST -> ReadRequestDecoder.BLOCK_LENGTH;
            case READ_REPLY -> ReadReplyDecoder.BLOCK_LENGTH;
            case COORDINATE_REQUEST -> CoordinateRequestDecoder.BLOCK_LENGTH;
            case COORDINATE_REPLY -> CoordinateReplyDecoder.BLOCK_LENGTH;
        };
    }
}

package io.annulus.transport.codec;

import io.annulus.api.Receipt;
import io.annulus.api.ReplicaAnswer;
import io.annulus.api.message.CoordinateReply;
import io.annulus.api.message.CoordinateRequest;
import io.annulus.api.version.Dot;
import io.annulus.transport.sbe.CoordinateReplyDecoder;
import io.annulus.transport.sbe.CoordinateReplyEncoder;
import io.annulus.transport.sbe.CoordinateRequestDecoder;
import io.annulus.transport.sbe.CoordinateRequestEncoder;
import io.annulus.transport.sbe.MessageHeaderDecoder;
import io.annulus.transport.sbe.MessageHeaderEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.agrona.MutableDirectBuffer;

/** Writes that are coordinated by an owner in a node's stead. */
final class CoordinateCodec {

    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int VERSION = MessageHeaderDecoder.SCHEMA_VERSION;
    private static final byte[] NOTHING = new byte[0];

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final CoordinateRequestEncoder requestEncoder = new CoordinateRequestEncoder();
    private final CoordinateRequestDecoder requestDecoder = new CoordinateRequestDecoder();
    private final CoordinateReplyEncoder replyEncoder = new CoordinateReplyEncoder();
    private final CoordinateReplyDecoder replyDecoder = new CoordinateReplyDecoder();

    int encode(CoordinateRequest request, MutableDirectBuffer buffer, int offset) {
        byte[] keyspace = Texts.utf8("keyspace", request.keyspace());
        byte[] value = request.value().orElse(NOTHING);
        requestEncoder
                .wrapAndApplyHeader(buffer, offset, header)
                .requestId(request.requestId())
                .ringEpoch(request.ringEpoch())
                .expiryMillis(request.expiryMillis())
                .acks(request.acks())
                .timeoutMillis(request.timeoutMillis())
                .sloppy(Texts.flag(request.sloppy()))
                .hasValue(Texts.flag(request.value().isPresent()))
                .putKeyspace(keyspace, 0, keyspace.length)
                .putKey(request.key(), 0, request.key().length)
                .putContext(request.context(), 0, request.context().length)
                .putValue(value, 0, value.length);
        return HEADER + requestEncoder.encodedLength();
    }

    CoordinateRequest decodeRequest(Payload payload) throws MalformedMessageException {
        CoordinateRequestDecoder request =
                requestDecoder.wrap(payload.view(), HEADER, CoordinateRequestDecoder.BLOCK_LENGTH, VERSION);
        request.wrapKeyspace(payload.part());
        String keyspace = payload.text();
        request.wrapKey(payload.part());
        byte[] key = payload.bytes();
        request.wrapContext(payload.part());
        byte[] context = payload.bytes();
        request.wrapValue(payload.part());
        Optional<byte[]> value = payload.optionalBytes(request.hasValue());
        payload.end(request.limit());
        return new CoordinateRequest(
                request.requestId(),
                request.ringEpoch(),
                keyspace,
                request.acks(),
                payload.isSet(request.sloppy()),
                request.timeoutMillis(),
                request.expiryMillis(),
                key,
                context,
                value);
    }

    int encode(CoordinateReply reply, MutableDirectBuffer buffer, int offset) {
        Receipt receipt = reply.receipt();
        replyEncoder
                .wrapAndApplyHeader(buffer, offset, header)
                .requestId(reply.requestId())
                .dotOrigin(reply.dot().map(Dot::origin).orElse(0L))
                .dotSequence(reply.dot().map(Dot::sequence).orElse(0L))
                .ringEpoch(receipt.ringEpoch())
                .siblings(reply.siblings())
                .copies(receipt.copies())
                .required(receipt.required())
                .received(receipt.received())
                .outcome(Codes.code(reply.outcome()))
                .guarantee(Codes.code(receipt.guarantee()))
                .hasDot(Texts.flag(reply.dot().isPresent()));
        CoordinateReplyEncoder.ReplicasEncoder entry = replyEncoder.replicasCount(
                Texts.count("replicas", receipt.replicas().size()));
        for (ReplicaAnswer answer : receipt.replicas()) {
            byte[] node = Texts.utf8("node", answer.node());
            byte[] durability = Texts.utf8("durability", answer.durability());
            entry.next()
                    .role(Codes.code(answer.role()))
                    .outcome(Codes.code(answer.outcome()))
                    .putNode(node, 0, node.length)
                    .putDurability(durability, 0, durability.length);
        }
        byte[] explanation = Texts.utf8("explanation", reply.explanation());
        replyEncoder
                .putContext(reply.context(), 0, reply.context().length)
                .putExplanation(explanation, 0, explanation.length);
        return HEADER + replyEncoder.encodedLength();
    }

    CoordinateReply decodeReply(Payload payload) throws MalformedMessageException {
        CoordinateReplyDecoder reply =
                replyDecoder.wrap(payload.view(), HEADER, CoordinateReplyDecoder.BLOCK_LENGTH, VERSION);
        List<ReplicaAnswer> replicas = replicas(reply, payload);
        reply.wrapContext(payload.part());
        byte[] context = payload.bytes();
        reply.wrapExplanation(payload.part());
        String explanation = payload.text();
        payload.end(reply.limit());
        Receipt receipt = new Receipt(
                Codes.guarantee(reply.guarantee(), payload),
                reply.ringEpoch(),
                reply.copies(),
                reply.required(),
                reply.received(),
                replicas);
        return new CoordinateReply(
                reply.requestId(),
                Codes.outcome(reply.outcome(), payload),
                dot(reply, payload),
                reply.siblings(),
                context,
                receipt,
                explanation);
    }

    private static List<ReplicaAnswer> replicas(CoordinateReplyDecoder reply, Payload payload)
            throws MalformedMessageException {
        CoordinateReplyDecoder.ReplicasDecoder entry = reply.replicas();
        payload.group(
                "replicas",
                entry.actingBlockLength(),
                CoordinateReplyDecoder.ReplicasDecoder.sbeBlockLength(),
                entry.count());
        List<ReplicaAnswer> replicas = new ArrayList<>(entry.count());
        while (entry.hasNext()) {
            entry.next();
            ReplicaAnswer.Role role = Codes.role(entry.role(), payload);
            ReplicaAnswer.Outcome outcome = Codes.answer(entry.outcome(), payload);
            entry.wrapNode(payload.part());
            String node = payload.text();
            entry.wrapDurability(payload.part());
            replicas.add(new ReplicaAnswer(node, role, outcome, payload.text()));
        }
        return replicas;
    }

    private static Optional<Dot> dot(CoordinateReplyDecoder reply, Payload payload) throws MalformedMessageException {
        return payload.isSet(reply.hasDot())
                ? Optional.of(new Dot(reply.dotOrigin(), reply.dotSequence()))
                : Optional.empty();
    }
}

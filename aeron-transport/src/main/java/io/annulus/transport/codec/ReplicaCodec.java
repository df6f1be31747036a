package io.annulus.transport.codec;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.message.ReadReply;
import io.annulus.api.message.ReadRequest;
import io.annulus.api.message.WriteReply;
import io.annulus.api.message.WriteRequest;
import io.annulus.transport.sbe.MessageHeaderDecoder;
import io.annulus.transport.sbe.MessageHeaderEncoder;
import io.annulus.transport.sbe.ReadReplyDecoder;
import io.annulus.transport.sbe.ReadReplyEncoder;
import io.annulus.transport.sbe.ReadRequestDecoder;
import io.annulus.transport.sbe.ReadRequestEncoder;
import io.annulus.transport.sbe.WriteReplyDecoder;
import io.annulus.transport.sbe.WriteReplyEncoder;
import io.annulus.transport.sbe.WriteRequestDecoder;
import io.annulus.transport.sbe.WriteRequestEncoder;
import java.util.Optional;
import org.agrona.MutableDirectBuffer;

/** What coordinators ask of replicas, and the answers. */
final class ReplicaCodec {

    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int VERSION = MessageHeaderDecoder.SCHEMA_VERSION;
    private static final byte[] NOTHING = new byte[0];

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final WriteRequestEncoder writeRequestEncoder = new WriteRequestEncoder();
    private final WriteRequestDecoder writeRequestDecoder = new WriteRequestDecoder();
    private final WriteReplyEncoder writeReplyEncoder = new WriteReplyEncoder();
    private final WriteReplyDecoder writeReplyDecoder = new WriteReplyDecoder();
    private final ReadRequestEncoder readRequestEncoder = new ReadRequestEncoder();
    private final ReadRequestDecoder readRequestDecoder = new ReadRequestDecoder();
    private final ReadReplyEncoder readReplyEncoder = new ReadReplyEncoder();
    private final ReadReplyDecoder readReplyDecoder = new ReadReplyDecoder();

    int encode(WriteRequest request, MutableDirectBuffer buffer, int offset) {
        byte[] keyspace = Texts.utf8("keyspace", request.keyspace());
        byte[] hintFor =
                Texts.utf8("hintFor", request.hintFor().map(NodeId::name).orElse(""));
        writeRequestEncoder
                .wrapAndApplyHeader(buffer, offset, header)
                .requestId(request.requestId())
                .ringEpoch(request.ringEpoch())
                .hasHint(Texts.flag(request.hintFor().isPresent()))
                .putKeyspace(keyspace, 0, keyspace.length)
                .putHintFor(hintFor, 0, hintFor.length)
                .putKey(request.key(), 0, request.key().length)
                .putRecord(request.record(), 0, request.record().length);
        return HEADER + writeRequestEncoder.encodedLength();
    }

    WriteRequest decodeWriteRequest(Payload payload) throws MalformedMessageException {
        WriteRequestDecoder request =
                writeRequestDecoder.wrap(payload.view(), HEADER, WriteRequestDecoder.BLOCK_LENGTH, VERSION);
        request.wrapKeyspace(payload.part());
        String keyspace = payload.text();
        request.wrapHintFor(payload.part());
        Optional<NodeId> hintFor = payload.optionalText(request.hasHint()).map(NodeId::new);
        request.wrapKey(payload.part());
        byte[] key = payload.bytes();
        request.wrapRecord(payload.part());
        byte[] record = payload.bytes();
        payload.end(request.limit());
        return new WriteRequest(request.requestId(), request.ringEpoch(), keyspace, hintFor, key, record);
    }

    int encode(WriteReply reply, MutableDirectBuffer buffer, int offset) {
        writeReplyEncoder
                .wrapAndApplyHeader(buffer, offset, header)
                .requestId(reply.requestId())
                .status(Codes.code(reply.status()))
                .durability(Codes.code(reply.durability()));
        return HEADER + writeReplyEncoder.encodedLength();
    }

    WriteReply decodeWriteReply(Payload payload) throws MalformedMessageException {
        WriteReplyDecoder reply =
                writeReplyDecoder.wrap(payload.view(), HEADER, WriteReplyDecoder.BLOCK_LENGTH, VERSION);
        payload.end(reply.limit());
        return new WriteReply(
                reply.requestId(),
                Codes.status(reply.status(), payload),
                Codes.durability(reply.durability(), payload));
    }

    int encode(ReadRequest request, MutableDirectBuffer buffer, int offset) {
        byte[] keyspace = Texts.utf8("keyspace", request.keyspace());
        readRequestEncoder
                .wrapAndApplyHeader(buffer, offset, header)
                .requestId(request.requestId())
                .ringEpoch(request.ringEpoch())
                .digestOnly(Texts.flag(request.digestOnly()))
                .putKeyspace(keyspace, 0, keyspace.length)
                .putKey(request.key(), 0, request.key().length);
        return HEADER + readRequestEncoder.encodedLength();
    }

    ReadRequest decodeReadRequest(Payload payload) throws MalformedMessageException {
        ReadRequestDecoder request =
                readRequestDecoder.wrap(payload.view(), HEADER, ReadRequestDecoder.BLOCK_LENGTH, VERSION);
        request.wrapKeyspace(payload.part());
        String keyspace = payload.text();
        request.wrapKey(payload.part());
        byte[] key = payload.bytes();
        payload.end(request.limit());
        boolean digestOnly = payload.isSet(request.digestOnly());
        return new ReadRequest(request.requestId(), request.ringEpoch(), keyspace, digestOnly, key);
    }

    int encode(ReadReply reply, MutableDirectBuffer buffer, int offset) {
        byte[] record = reply.record().orElse(NOTHING);
        readReplyEncoder
                .wrapAndApplyHeader(buffer, offset, header)
                .requestId(reply.requestId())
                .digest(reply.digest())
                .status(Codes.code(reply.status()))
                .present(Texts.flag(reply.present()))
                .hasRecord(Texts.flag(reply.record().isPresent()))
                .putRecord(record, 0, record.length);
        return HEADER + readReplyEncoder.encodedLength();
    }

    ReadReply decodeReadReply(Payload payload) throws MalformedMessageException {
        ReadReplyDecoder reply = readReplyDecoder.wrap(payload.view(), HEADER, ReadReplyDecoder.BLOCK_LENGTH, VERSION);
        reply.wrapRecord(payload.part());
        Optional<byte[]> record = payload.optionalBytes(reply.hasRecord());
        payload.end(reply.limit());
        boolean present = payload.isSet(reply.present());
        return new ReadReply(reply.requestId(), Codes.status(reply.status(), payload), present, reply.digest(), record);
    }
}

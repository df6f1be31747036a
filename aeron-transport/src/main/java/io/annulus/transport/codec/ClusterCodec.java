package io.annulus.transport.codec;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.Member;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.message.Gossip;
import io.annulus.api.message.RingReply;
import io.annulus.api.message.RingRequest;
import io.annulus.api.ring.RingDescription;
import io.annulus.api.ring.RingMember;
import io.annulus.transport.sbe.GossipDecoder;
import io.annulus.transport.sbe.GossipEncoder;
import io.annulus.transport.sbe.MessageHeaderDecoder;
import io.annulus.transport.sbe.MessageHeaderEncoder;
import io.annulus.transport.sbe.RingReplyDecoder;
import io.annulus.transport.sbe.RingReplyEncoder;
import io.annulus.transport.sbe.RingRequestDecoder;
import io.annulus.transport.sbe.RingRequestEncoder;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Gossip and rings. */
final class ClusterCodec {

    private static final int HEADER = MessageHeaderEncoder.ENCODED_LENGTH;
    private static final int VERSION = MessageHeaderDecoder.SCHEMA_VERSION;

    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final GossipEncoder gossipEncoder = new GossipEncoder();
    private final GossipDecoder gossipDecoder = new GossipDecoder();
    private final RingRequestEncoder ringRequestEncoder = new RingRequestEncoder();
    private final RingRequestDecoder ringRequestDecoder = new RingRequestDecoder();
    private final RingReplyEncoder ringReplyEncoder = new RingReplyEncoder();
    private final RingReplyDecoder ringReplyDecoder = new RingReplyDecoder();

    int encode(Gossip gossip, MutableDirectBuffer buffer, int offset) {
        gossipEncoder.wrapAndApplyHeader(buffer, offset, header).answer(Texts.flag(gossip.answer()));
        GossipEncoder.MembersEncoder entry =
                gossipEncoder.membersCount(gossip.members().size());
        for (Member member : gossip.members()) {
            byte[] node = Texts.utf8("node", member.node().name());
            byte[] host = Texts.utf8("host", member.endpoint().host());
            byte[] rack = Texts.utf8("rack", member.rack());
            entry.next()
                    .storeId(member.storeId())
                    .generation(member.generation())
                    .heartbeat(member.heartbeat())
                    .ringEpoch(member.ringEpoch())
                    .ringHash(member.ringHash())
                    .weight(member.weight())
                    .port(member.endpoint().port())
                    .putNode(node, 0, node.length)
                    .putHost(host, 0, host.length)
                    .putRack(rack, 0, rack.length);
        }
        return HEADER + gossipEncoder.encodedLength();
    }

    Gossip decodeGossip(Payload payload) throws MalformedMessageException {
        GossipDecoder gossip = gossipDecoder.wrap(payload.view(), HEADER, GossipDecoder.BLOCK_LENGTH, VERSION);
        boolean answer = payload.isSet(gossip.answer());
        GossipDecoder.MembersDecoder entry = gossip.members();
        payload.group(
                "members", entry.actingBlockLength(), GossipDecoder.MembersDecoder.sbeBlockLength(), entry.count());
        List<Member> members = new ArrayList<>(entry.count());
        while (entry.hasNext()) {
            members.add(member(entry.next(), payload));
        }
        payload.end(gossip.limit());
        return new Gossip(answer, members);
    }

    private static Member member(GossipDecoder.MembersDecoder entry, Payload payload) throws MalformedMessageException {
        entry.wrapNode(payload.part());
        NodeId node = new NodeId(payload.text());
        entry.wrapHost(payload.part());
        Endpoint endpoint = new Endpoint(payload.text(), entry.port());
        entry.wrapRack(payload.part());
        return new Member(
                node,
                endpoint,
                entry.storeId(),
                payload.text(),
                entry.weight(),
                entry.generation(),
                entry.heartbeat(),
                entry.ringEpoch(),
                entry.ringHash());
    }

    int encode(RingRequest request, MutableDirectBuffer buffer, int offset) {
        ringRequestEncoder.wrapAndApplyHeader(buffer, offset, header).knownEpoch(request.knownEpoch());
        return HEADER + ringRequestEncoder.encodedLength();
    }

    RingRequest decodeRingRequest(Payload payload) throws MalformedMessageException {
        RingRequestDecoder request =
                ringRequestDecoder.wrap(payload.view(), HEADER, RingRequestDecoder.BLOCK_LENGTH, VERSION);
        payload.end(request.limit());
        return new RingRequest(request.knownEpoch());
    }

    int encode(RingReply reply, MutableDirectBuffer buffer, int offset) {
        RingDescription ring = reply.ring();
        ringReplyEncoder
                .wrapAndApplyHeader(buffer, offset, header)
                .epoch(ring.epoch())
                .arcBits((short) ring.arcBits());
        RingReplyEncoder.MembersEncoder entry = ringReplyEncoder.membersCount(
                Texts.count("members", ring.members().size()));
        for (RingMember member : ring.members()) {
            byte[] node = Texts.utf8("node", member.node().name());
            byte[] host = Texts.utf8("host", member.endpoint().host());
            byte[] rack = Texts.utf8("rack", member.rack());
            entry.next()
                    .storeId(member.storeId())
                    .weight(member.weight())
                    .port(member.endpoint().port())
                    .putNode(node, 0, node.length)
                    .putHost(host, 0, host.length)
                    .putRack(rack, 0, rack.length);
        }
        byte[] owners = owners(ring.owners());
        ringReplyEncoder.putOwners(owners, 0, owners.length);
        return HEADER + ringReplyEncoder.encodedLength();
    }

    RingReply decodeRingReply(Payload payload) throws MalformedMessageException {
        RingReplyDecoder reply = ringReplyDecoder.wrap(payload.view(), HEADER, RingReplyDecoder.BLOCK_LENGTH, VERSION);
        RingReplyDecoder.MembersDecoder entry = reply.members();
        payload.group(
                "members", entry.actingBlockLength(), RingReplyDecoder.MembersDecoder.sbeBlockLength(), entry.count());
        List<RingMember> members = new ArrayList<>(entry.count());
        while (entry.hasNext()) {
            members.add(ringMember(entry.next(), payload));
        }
        reply.wrapOwners(payload.part());
        int[] owners = owners(payload.part());
        payload.end(reply.limit());
        return new RingReply(new RingDescription(reply.epoch(), reply.arcBits(), members, owners));
    }

    private static RingMember ringMember(RingReplyDecoder.MembersDecoder entry, Payload payload)
            throws MalformedMessageException {
        entry.wrapNode(payload.part());
        NodeId node = new NodeId(payload.text());
        entry.wrapHost(payload.part());
        Endpoint endpoint = new Endpoint(payload.text(), entry.port());
        entry.wrapRack(payload.part());
        return new RingMember(node, endpoint, entry.storeId(), payload.text(), entry.weight());
    }

    private static byte[] owners(int[] owners) {
        byte[] bytes = new byte[owners.length * Short.BYTES];
        UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        for (int arc = 0; arc < owners.length; arc++) {
            buffer.putShort(arc * Short.BYTES, (short) owners[arc], ByteOrder.LITTLE_ENDIAN);
        }
        return bytes;
    }

    private static int[] owners(DirectBuffer bytes) throws MalformedMessageException {
        if (bytes.capacity() % Short.BYTES != 0) {
            throw new MalformedMessageException(
                    "RING_REPLY has owners of " + bytes.capacity() + " bytes, an odd number");
        }
        int[] owners = new int[bytes.capacity() / Short.BYTES];
        for (int arc = 0; arc < owners.length; arc++) {
            owners[arc] = bytes.getShort(arc * Short.BYTES, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        }
        return owners;
    }
}

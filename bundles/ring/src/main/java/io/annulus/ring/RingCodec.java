package io.annulus.ring;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.ring.RingDescription;
import io.annulus.api.ring.RingMember;
import io.annulus.api.storage.CorruptDataException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Rings as bytes; the layout stands in the package's documentation. Equal rings have equal bytes. */
final class RingCodec {

    private static final byte FORMAT = 1;
    private static final int HEADER_BYTES = 14;
    private static final int MEMBER_BYTES = 20;
    private static final int CRC_BYTES = 4;

    private RingCodec() {}

    static byte[] encode(RingDescription ring) {
        int size = HEADER_BYTES + 2 * ring.owners().length + CRC_BYTES;
        for (RingMember member : ring.members()) {
            size += MEMBER_BYTES
                    + bytes(member.node().name()).length
                    + bytes(member.endpoint().host()).length
                    + bytes(member.rack()).length;
        }
        ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
        out.put(FORMAT);
        out.putLong(ring.epoch());
        out.put((byte) ring.arcBits());
        out.putInt(ring.members().size());
        ring.members().forEach(member -> putMember(out, member));
        for (int owner : ring.owners()) {
            out.putShort((short) owner);
        }
        out.putInt(crc(out.array(), out.position()));
        return out.array();
    }

    /**
     * The bytes of a ring that came from elsewhere.
     *
     * @throws IllegalArgumentException when they could not be read again, as with a rack of 300 bytes
     */
    static byte[] encodeReadable(RingDescription ring) {
        byte[] bytes = encode(ring);
        try {
            if (decode(bytes).equals(ring)) {
                return bytes;
            }
        } catch (CorruptDataException e) {
            throw new IllegalArgumentException(unstorable(ring), e);
        }
        throw new IllegalArgumentException(unstorable(ring));
    }

    private static String unstorable(RingDescription ring) {
        return "ring of epoch " + ring.epoch() + " has values that cannot be stored: " + ring.members();
    }

    /** @throws CorruptDataException when the bytes are damaged or of a newer release */
    static RingDescription decode(byte[] bytes) {
        if (bytes.length > 0 && bytes[0] != FORMAT) {
            throw new CorruptDataException("the stored ring is of format " + bytes[0] + ", and this node knows format "
                    + FORMAT + "; run the release that wrote it");
        }
        if (bytes.length < HEADER_BYTES + CRC_BYTES
                || ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(bytes.length - CRC_BYTES)
                        != crc(bytes, bytes.length - CRC_BYTES)) {
            throw damaged("its checksum is wrong", null);
        }
        ByteBuffer in = ByteBuffer.wrap(bytes, 1, bytes.length - CRC_BYTES - 1).order(ByteOrder.LITTLE_ENDIAN);
        try {
            RingDescription ring = read(in);
            if (in.hasRemaining()) {
                throw damaged(in.remaining() + " bytes follow its end", null);
            }
            return ring;
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw damaged("its content makes no ring", e);
        }
    }

    private static RingDescription read(ByteBuffer in) {
        long epoch = in.getLong();
        int arcBits = in.get();
        int count = in.getInt();
        if (count < 0
                || count > in.remaining() / MEMBER_BYTES
                || arcBits < 0
                || arcBits > RingDescription.MAX_ARC_BITS) {
            throw new IllegalArgumentException(count + " members and " + arcBits + " arc bits");
        }
        List<RingMember> members = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            members.add(readMember(in));
        }
        int[] owners = new int[1 << arcBits];
        for (int arc = 0; arc < owners.length; arc++) {
            owners[arc] = in.getShort() & 0xffff;
        }
        return new RingDescription(epoch, arcBits, members, owners);
    }

    private static void putMember(ByteBuffer out, RingMember member) {
        byte[] name = bytes(member.node().name());
        byte[] host = bytes(member.endpoint().host());
        byte[] rack = bytes(member.rack());
        out.put((byte) name.length).put(name);
        out.putShort((short) host.length).put(host);
        out.putInt(member.endpoint().port());
        out.putLong(member.storeId());
        out.put((byte) rack.length).put(rack);
        out.putInt(member.weight());
    }

    private static RingMember readMember(ByteBuffer in) {
        NodeId node = new NodeId(text(in, in.get() & 0xff));
        String host = text(in, in.getShort() & 0xffff);
        Endpoint endpoint = new Endpoint(host, in.getInt());
        long storeId = in.getLong();
        String rack = text(in, in.get() & 0xff);
        return new RingMember(node, endpoint, storeId, rack, in.getInt());
    }

    private static String text(ByteBuffer in, int length) {
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int crc(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static CorruptDataException damaged(String how, Throwable cause) {
        return new CorruptDataException(
                "the stored ring is damaged: " + how
                        + "; start the node on an empty data directory, and it takes the ring" + " from its peers",
                cause);
    }
}

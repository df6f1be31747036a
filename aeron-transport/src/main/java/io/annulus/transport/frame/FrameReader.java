package io.annulus.transport.frame;

import static io.annulus.transport.frame.FrameFormat.ORDER;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.message.Message;
import io.annulus.api.runtime.Sender;
import io.annulus.transport.TransportCounter;
import io.annulus.transport.codec.MalformedMessageException;
import io.annulus.transport.codec.MessageDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads frames of one cluster. Owned by one thread. */
public final class FrameReader {

    private static final int KNOWN_SENDERS = 256;

    /** Fields of a frame from which a sender is made, and the sender, so that not every frame makes one anew. */
    private record Known(byte[] header, Sender sender) {}

    private final MessageDecoder decoder = new MessageDecoder();
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final CRC32C crc = new CRC32C();
    private final long cluster;
    private final Known[] known = new Known[KNOWN_SENDERS];

    public FrameReader(String clusterName) {
        cluster = FrameFormat.clusterHash(clusterName);
    }

    /** Whether bytes are a part of a frame, to be read by {@link Reassembly}. */
    public boolean isPart(byte[] bytes, int length) {
        if (length < Integer.BYTES) {
            return false;
        }
        buffer.wrap(bytes, 0, length);
        return buffer.getInt(0, ORDER) == FrameFormat.PART_MAGIC;
    }

    /**
     * Reads the frame that takes up the first {@code length} bytes; what it holds is copied out of them.
     *
     * @throws DroppedFrameException when it is damaged, of another version or another cluster, or holds no valid message
     */
    public Frame read(byte[] bytes, int length) throws DroppedFrameException {
        if (length < FrameFormat.NAME) {
            throw malformed("frame of " + length + " bytes is below " + FrameFormat.NAME);
        }
        buffer.wrap(bytes, 0, length);
        int messageAt = checkHeader(length);
        int check = FrameFormat.crc(crc, bytes, FrameFormat.CHECKED_FROM, length);
        if (check != buffer.getInt(FrameFormat.CRC, ORDER)) {
            throw malformed("frame of " + length + " bytes has checksum " + Integer.toHexString(check) + ", not "
                    + Integer.toHexString(buffer.getInt(FrameFormat.CRC, ORDER)));
        }
        if (buffer.getLong(FrameFormat.CLUSTER, ORDER) != cluster) {
            throw new DroppedFrameException(TransportCounter.DROPPED_FOREIGN, "frame of another cluster");
        }
        Sender sender = sender(bytes, messageAt);
        try {
            Message message = decoder.decode(buffer, messageAt, length - messageAt);
            return new Frame(sender, message);
        } catch (MalformedMessageException e) {
            throw malformed("from " + sender.node() + " at " + sender.endpoint() + ": " + e.getMessage());
        }
    }

    private int checkHeader(int length) throws DroppedFrameException {
        int magic = buffer.getInt(0, ORDER);
        if (magic != FrameFormat.FRAME_MAGIC) {
            throw malformed("frame begins with " + Integer.toHexString(magic) + ", not "
                    + Integer.toHexString(FrameFormat.FRAME_MAGIC));
        }
        int version = buffer.getShort(FrameFormat.VERSION_AT, ORDER) & 0xFFFF;
        if (version != FrameFormat.VERSION) {
            throw malformed("frame of version " + version + "; this node reads version " + FrameFormat.VERSION);
        }
        int messageAt = FrameFormat.NAME
                + (buffer.getByte(FrameFormat.NAME_LENGTH) & 0xFF)
                + (buffer.getByte(FrameFormat.HOST_LENGTH) & 0xFF);
        long stated = messageAt + (long) buffer.getInt(FrameFormat.MESSAGE_LENGTH, ORDER);
        if (messageAt > length || stated != length) {
            throw malformed("frame of " + length + " bytes states " + stated);
        }
        return messageAt;
    }

    /** The sender named between the checksum and the message; the message's own length is left out of the comparison. */
    private Sender sender(byte[] bytes, int messageAt) throws DroppedFrameException {
        long storeId = buffer.getLong(FrameFormat.STORE_ID, ORDER);
        int slot = (int) ((storeId ^ storeId >>> 32) & (KNOWN_SENDERS - 1));
        Known candidate = known[slot];
        if (candidate != null
                && Arrays.equals(
                        candidate.header,
                        FrameFormat.CLUSTER,
                        messageAt(candidate),
                        bytes,
                        FrameFormat.CLUSTER,
                        messageAt)
                && portOf(candidate.header) == portOf(bytes)) {
            return candidate.sender;
        }
        Sender sender = newSender(storeId);
        known[slot] = new Known(Arrays.copyOf(bytes, messageAt), sender);
        return sender;
    }

    private static int messageAt(Known candidate) {
        return candidate.header.length;
    }

    private static int portOf(byte[] bytes) {
        return bytes[FrameFormat.PORT] & 0xFF | (bytes[FrameFormat.PORT + 1] & 0xFF) << 8;
    }

    private Sender newSender(long storeId) throws DroppedFrameException {
        int nameLength = buffer.getByte(FrameFormat.NAME_LENGTH) & 0xFF;
        int hostLength = buffer.getByte(FrameFormat.HOST_LENGTH) & 0xFF;
        String name = text(FrameFormat.NAME, nameLength);
        String host = text(FrameFormat.NAME + nameLength, hostLength);
        int port = buffer.getShort(FrameFormat.PORT, ORDER) & 0xFFFF;
        try {
            return new Sender(new NodeId(name), storeId, new Endpoint(host, port));
        } catch (IllegalArgumentException e) {
            throw malformed("frame of an impossible sender: " + e.getMessage());
        }
    }

    private String text(int offset, int length) {
        byte[] utf8 = new byte[length];
        buffer.getBytes(offset, utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static DroppedFrameException malformed(String text) {
        return new DroppedFrameException(TransportCounter.DROPPED_MALFORMED, text);
    }
}

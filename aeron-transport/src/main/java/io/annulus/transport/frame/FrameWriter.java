package io.annulus.transport.frame;

import static io.annulus.transport.frame.FrameFormat.ORDER;

import io.annulus.api.message.Message;
import io.annulus.transport.NodeIdentity;
import io.annulus.transport.codec.MessageEncoder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Writes frames, and the headers of parts, of one sender. Owned by one thread. */
public final class FrameWriter {

    /** Length of what precedes the bytes of a part. */
    public static final int PART_HEADER_BYTES = FrameFormat.PART_HEADER;

    private final MessageEncoder encoder = new MessageEncoder();
    private final CRC32C crc = new CRC32C();
    private final long cluster;
    private final byte[] prefix;

    public FrameWriter(String clusterName, NodeIdentity sender) {
        cluster = FrameFormat.clusterHash(clusterName);
        byte[] name = sender.node().name().getBytes(StandardCharsets.UTF_8);
        byte[] host = sender.endpoint().host().getBytes(StandardCharsets.UTF_8);
        prefix = new byte[FrameFormat.NAME + name.length + host.length];
        UnsafeBuffer buffer = new UnsafeBuffer(prefix);
        buffer.putInt(0, FrameFormat.FRAME_MAGIC, ORDER);
        buffer.putShort(FrameFormat.VERSION_AT, (short) FrameFormat.VERSION, ORDER);
        buffer.putShort(FrameFormat.PORT, (short) sender.endpoint().port(), ORDER);
        buffer.putLong(FrameFormat.CLUSTER, cluster, ORDER);
        buffer.putLong(FrameFormat.STORE_ID, sender.storeId(), ORDER);
        buffer.putByte(FrameFormat.NAME_LENGTH, (byte) name.length);
        buffer.putByte(FrameFormat.HOST_LENGTH, (byte) host.length);
        buffer.putBytes(FrameFormat.NAME, name);
        buffer.putBytes(FrameFormat.NAME + name.length, host);
    }

    /** How many bytes a frame has beside its message. */
    public int overhead() {
        return prefix.length;
    }

    /**
     * Writes a frame at the start of a buffer.
     *
     * @return its length
     * @throws IllegalArgumentException naming the part of the message that does not fit the schema
     */
    public int write(Message message, ExpandableArrayBuffer buffer) {
        int messageLength = encoder.encode(message, buffer, prefix.length);
        int length = prefix.length + messageLength;
        buffer.putBytes(0, prefix);
        buffer.putInt(FrameFormat.MESSAGE_LENGTH, messageLength, ORDER);
        int check = FrameFormat.crc(crc, buffer.byteArray(), FrameFormat.CHECKED_FROM, length);
        buffer.putInt(FrameFormat.CRC, check, ORDER);
        return length;
    }

    /**
     * Writes the header of a part over the first {@link #PART_HEADER_BYTES} bytes of an array.
     *
     * @param frameId number of the frame
     * @param frameLength length of the whole frame
     * @param offset where in the frame the part lies
     */
    public void writePartHeader(byte[] header, long frameId, int frameLength, int offset) {
        MutableDirectBuffer buffer = new UnsafeBuffer(header);
        buffer.putInt(0, FrameFormat.PART_MAGIC, ORDER);
        buffer.putShort(FrameFormat.VERSION_AT, (short) FrameFormat.VERSION, ORDER);
        buffer.putShort(FrameFormat.PORT, (short) 0, ORDER);
        buffer.putInt(FrameFormat.PART_FRAME_LENGTH, frameLength, ORDER);
        buffer.putLong(FrameFormat.CLUSTER, cluster, ORDER);
        buffer.putLong(FrameFormat.PART_FRAME_ID, frameId, ORDER);
        buffer.putInt(FrameFormat.PART_OFFSET, offset, ORDER);
        int check = FrameFormat.crc(crc, header, FrameFormat.CHECKED_FROM, FrameFormat.PART_HEADER);
        buffer.putInt(FrameFormat.CRC, check, ORDER);
    }
}

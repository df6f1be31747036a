package io.annulus.transport.frame;

import static io.annulus.transport.frame.FrameFormat.ORDER;

import io.annulus.transport.TransportCounter;
import io.annulus.transport.TransportStats;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.agrona.collections.Int2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Puts parts of frames together again. A stream carries the parts of one frame in order and of one frame at a time, so each
 * stream has at most one incomplete frame: a part out of turn means that others were lost, and drops it. Memory is taken as
 * parts come, not as their headers state, within one bound for all streams. Owned by one thread.
 */
public final class Reassembly {

    private static final int FIRST_BYTES = 64 << 10;

    private final CRC32C crc = new CRC32C();
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final Int2ObjectHashMap<Partial> partials = new Int2ObjectHashMap<>();
    private final TransportStats stats;
    private final long cluster;
    private final int maxFrameBytes;
    private final long maxTotalBytes;
    private final long ageNanos;
    private long totalBytes;

    /** A frame of which the beginning is there. */
    private static final class Partial {
        final long frameId;
        final int length;
        byte[] bytes;
        int received;
        long lastNanos;

        Partial(long frameId, int length, int capacity) {
            this.frameId = frameId;
            this.length = length;
            this.bytes = new byte[capacity];
        }
    }

    /**
     * @param maxFrameBytes longest frame
     * @param maxTotalBytes most memory for the incomplete frames of all streams
     * @param ageNanos an incomplete frame to which nothing was added for so long is dropped
     */
    public Reassembly(String clusterName, int maxFrameBytes, long maxTotalBytes, long ageNanos, TransportStats stats) {
        this.stats = Objects.requireNonNull(stats, "stats");
        this.cluster = FrameFormat.clusterHash(clusterName);
        this.maxFrameBytes = maxFrameBytes;
        this.maxTotalBytes = maxTotalBytes;
        this.ageNanos = ageNanos;
    }

    /**
     * Takes the part in the first {@code length} bytes.
     *
     * @param stream the stream that it came by
     * @return the frame, when this was its last part
     * @throws DroppedFrameException when the part, or the frame that it belongs to, is dropped
     */
    public Optional<byte[]> add(int stream, byte[] bytes, int length, long nowNanos) throws DroppedFrameException {
        buffer.wrap(bytes, 0, length);
        checkHeader(bytes, length);
        long frameId = buffer.getLong(FrameFormat.PART_FRAME_ID, ORDER);
        int frameLength = buffer.getInt(FrameFormat.PART_FRAME_LENGTH, ORDER);
        int offset = buffer.getInt(FrameFormat.PART_OFFSET, ORDER);
        int size = length - FrameFormat.PART_HEADER;
        Partial partial = offset == 0 ? begin(stream, frameId, frameLength, size) : continued(stream, frameId, offset);
        append(stream, partial, bytes, size, nowNanos);
        return finished(stream, partial);
    }

    private void checkHeader(byte[] bytes, int length) throws DroppedFrameException {
        if (length <= FrameFormat.PART_HEADER) {
            throw malformed("part of " + length + " bytes is not above " + FrameFormat.PART_HEADER);
        }
        int version = buffer.getShort(FrameFormat.VERSION_AT, ORDER) & 0xFFFF;
        if (version != FrameFormat.VERSION) {
            throw malformed("part of version " + version + "; this node reads version " + FrameFormat.VERSION);
        }
        int check = FrameFormat.crc(crc, bytes, FrameFormat.CHECKED_FROM, FrameFormat.PART_HEADER);
        if (check != buffer.getInt(FrameFormat.CRC, ORDER)) {
            throw malformed("part of " + length + " bytes has a damaged header");
        }
        if (buffer.getLong(FrameFormat.CLUSTER, ORDER) != cluster) {
            throw new DroppedFrameException(TransportCounter.DROPPED_FOREIGN, "part of another cluster");
        }
        int frameLength = buffer.getInt(FrameFormat.PART_FRAME_LENGTH, ORDER);
        int offset = buffer.getInt(FrameFormat.PART_OFFSET, ORDER);
        int size = length - FrameFormat.PART_HEADER;
        if (frameLength < 0 || frameLength > maxFrameBytes || offset < 0 || (long) offset + size > frameLength) {
            throw malformed("part at " + offset + " of " + size + " bytes of a frame of " + frameLength
                    + " bytes; the longest is " + maxFrameBytes);
        }
    }

    private Partial begin(int stream, long frameId, int frameLength, int size) throws DroppedFrameException {
        if (remove(stream)) {
            stats.count(TransportCounter.DROPPED_INCOMPLETE);
        }
        int capacity = Math.min(frameLength, Math.max(FIRST_BYTES, size));
        reserve(capacity, frameLength);
        Partial partial = new Partial(frameId, frameLength, capacity);
        partials.put(stream, partial);
        return partial;
    }

    private Partial continued(int stream, long frameId, int offset) throws DroppedFrameException {
        Partial partial = partials.get(stream);
        if (partial != null && partial.frameId == frameId && partial.received == offset) {
            return partial;
        }
        if (remove(stream)) {
            stats.count(TransportCounter.DROPPED_INCOMPLETE);
        }
        throw new DroppedFrameException(
                TransportCounter.DROPPED_ORPHANS,
                "part at " + offset + " of frame " + frameId + ": what precedes it is not there");
    }

    private void append(int stream, Partial partial, byte[] bytes, int size, long nowNanos)
            throws DroppedFrameException {
        int needed = partial.received + size;
        if (needed > partial.bytes.length) {
            int capacity = (int) Math.min(partial.length, Math.max(needed, 2L * partial.bytes.length));
            grow(stream, partial, capacity);
        }
        System.arraycopy(bytes, FrameFormat.PART_HEADER, partial.bytes, partial.received, size);
        partial.received = needed;
        partial.lastNanos = nowNanos;
    }

    private void grow(int stream, Partial partial, int capacity) throws DroppedFrameException {
        try {
            reserve(capacity - partial.bytes.length, partial.length);
        } catch (DroppedFrameException e) {
            remove(stream);
            throw e;
        }
        partial.bytes = Arrays.copyOf(partial.bytes, capacity);
    }

    private void reserve(int bytes, int frameLength) throws DroppedFrameException {
        if (totalBytes + bytes > maxTotalBytes) {
            throw new DroppedFrameException(
                    TransportCounter.DROPPED_NO_ROOM,
                    "frame of " + frameLength + " bytes: incomplete frames take up " + totalBytes + " of "
                            + maxTotalBytes);
        }
        totalBytes += bytes;
    }

    private Optional<byte[]> finished(int stream, Partial partial) {
        if (partial.received < partial.length) {
            return Optional.empty();
        }
        remove(stream);
        return Optional.of(partial.bytes);
    }

    /**
     * Drops the incomplete frame, if any, of a stream that has ended.
     */
    public void end(int stream) {
        if (remove(stream)) {
            stats.count(TransportCounter.DROPPED_INCOMPLETE);
        }
    }

    private boolean remove(int stream) {
        Partial partial = partials.remove(stream);
        if (partial == null) {
            return false;
        }
        totalBytes -= partial.bytes.length;
        return true;
    }

    /**
     * Drops incomplete frames to which nothing was added for too long.
     */
    public void expire(long nowNanos) {
        Int2ObjectHashMap<Partial>.ValueIterator iterator = partials.values().iterator();
        while (iterator.hasNext()) {
            Partial partial = iterator.next();
            if (nowNanos - partial.lastNanos > ageNanos) {
                totalBytes -= partial.bytes.length;
                iterator.remove();
                stats.count(TransportCounter.DROPPED_INCOMPLETE);
            }
        }
    }

    /** Memory of incomplete frames. */
    public long totalBytes() {
        return totalBytes;
    }

    private static DroppedFrameException malformed(String text) {
        return new DroppedFrameException(TransportCounter.DROPPED_MALFORMED, text);
    }
}

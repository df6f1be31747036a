package io.annulus.storage.log;

import io.annulus.api.ring.Token;
import io.annulus.storage.merge.EntryKey;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * Gathers frames into batches and writes them to one segment. Owned by the log thread. After an exception it is of no more
 * use.
 */
public final class SegmentWriter implements Closeable {

    private static final int FIRST_CAPACITY = 64 << 10;
    private static final byte[] NONE = new byte[0];
    private static final Token NO_TOKEN = new Token(0, 0);

    private final LogSegment segment;
    private final FrameFormat format;
    private final Set<Integer> defined = new HashSet<>();
    private ByteBuffer buffer = ByteBuffer.allocate(FIRST_CAPACITY);
    private long sequence;
    private int index;
    private int batch;
    private long sizeBytes;

    /**
     * Writes a segment.
     *
     * @param log makes the segment
     * @param logId of the data directory
     * @param number of the segment
     * @param lastSequence sequence of the last frame of the segments before
     */
    public SegmentWriter(CommitLog log, long logId, long number, long lastSequence) throws IOException {
        this.segment = log.create(number);
        this.format = new FrameFormat(logId, number);
        this.sequence = lastSequence;
    }

    /** Bytes that a record takes in the log at most, with all that may go before it. */
    public static long frameBytes(EntryKey place, byte[] record) {
        return 3L * FrameFormat.HEADER_BYTES + place.key().length + record.length;
    }

    /** Adds a record or a removal to the batch. */
    public void add(FrameKind kind, int table, String tableName, EntryKey place, byte[] record) {
        if (defined.add(table)) {
            EntryKey name = new EntryKey(NO_TOKEN, tableName.getBytes(StandardCharsets.UTF_8));
            put(FrameKind.TABLE, table, name, NONE);
        }
        put(kind, table, place, record);
    }

    /** Writes the batch and syncs it. */
    public void commit() throws IOException {
        segment.append(buffer.array(), buffer.position());
        segment.sync();
        sizeBytes += buffer.position();
        buffer = buffer.capacity() > 16 * FIRST_CAPACITY ? ByteBuffer.allocate(FIRST_CAPACITY) : buffer.clear();
        index = 0;
        batch++;
    }

    /** Writes the clean end. */
    public void end() throws IOException {
        put(FrameKind.END, 0, new EntryKey(NO_TOKEN, NONE), NONE);
        commit();
    }

    /** Sequence of the last frame added. */
    public long sequence() {
        return sequence;
    }

    /** Bytes of all batches. */
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public void close() throws IOException {
        segment.close();
    }

    private void put(FrameKind kind, int table, EntryKey place, byte[] record) {
        Frame frame = new Frame(++sequence, index++, batch, kind, table, place, record);
        ensureRoom(FrameFormat.size(frame));
        format.write(frame, buffer);
    }

    private void ensureRoom(int bytes) {
        if (buffer.remaining() < bytes) {
            int capacity = Math.max(2 * buffer.capacity(), buffer.position() + bytes);
            buffer = ByteBuffer.allocate(capacity).put(buffer.flip());
        }
    }
}

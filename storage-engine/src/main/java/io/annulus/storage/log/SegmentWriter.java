package io.annulus.storage.log;

import io.annulus.api.ring.Token;
import io.annulus.storage.merge.EntryKey;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;

/**
 * Gathers frames into batches and writes them to one segment. All but {@link #sync} and {@link #close} is done by one thread
 * at a time, whoever holds the end of the log; those two by the log thread, {@link #sync} beside the others. After an
 * exception it is of no more use.
 */
public final class SegmentWriter implements Closeable {

    private static final int FIRST_CAPACITY = 64 << 10;
    private static final int KEPT_CAPACITY = 16 * FIRST_CAPACITY;
    private static final byte[] NONE = new byte[0];
    private static final EntryKey NO_KEY = named(NONE);

    private final LogSegment segment;
    private final FrameFormat format;
    private final Set<Integer> defined = new HashSet<>();
    private byte[] batch = new byte[FIRST_CAPACITY];
    private int filled;
    private int place;
    private long sequence;

    /** Sequence of the last frame that a table needs. */
    private long lastEntry;

    /** Up to here the log was synced. */
    private long synced;

    /** The greatest of what frames say of that. */
    private long proven;

    private long sizeBytes;

    /**
     * Begins a segment.
     *
     * @param log makes the segment
     * @param logId of the data directory
     * @param number of the segment
     * @param lastSequence sequence of the last frame of the segments before
     * @param synced up to which sequence those are synced
     */
    public SegmentWriter(CommitLog log, long logId, long number, long lastSequence, long synced) throws IOException {
        this.segment = log.create(number);
        this.format = new FrameFormat(logId, number);
        this.sequence = lastSequence;
        this.lastEntry = lastSequence;
        this.synced = synced;
        this.proven = synced;
    }

    /** Bytes that a record takes in the log at most, with all that may go before it. */
    public static long frameBytes(EntryKey place, byte[] record) {
        return 3L * FrameFormat.MAX_HEADER_BYTES + place.key().length + record.length;
    }

    /** Adds a record or a removal to the batch. */
    public void add(FrameKind kind, int table, String tableName, EntryKey key, byte[] record) {
        if (defined.add(table)) {
            put(FrameKind.TABLE, table, named(tableName.getBytes(StandardCharsets.UTF_8)), NONE);
        }
        put(kind, table, key, record);
        lastEntry = sequence;
    }

    /** Writes the batch, if there is one, so that it survives the process. */
    public void write() throws IOException {
        if (filled > 0) {
            segment.append(batch, filled);
            wrote();
        }
    }

    /** Writes the batch, if there is one, which is to be synced at once. */
    public void writeToSync() throws IOException {
        if (filled > 0) {
            segment.appendToSync(batch, filled);
            wrote();
        }
    }

    private void wrote() {
        sizeBytes += filled;
        filled = 0;
        if (batch.length > KEPT_CAPACITY) {
            batch = new byte[FIRST_CAPACITY];
        }
    }

    /** Makes all that was written before durable; log thread, also while others write. */
    public void sync() throws IOException {
        segment.sync();
    }

    /** The log is synced up to a sequence. */
    public void synced(long upTo) {
        synced = Math.max(synced, upTo);
    }

    /** Whether entries were added that are not known to be synced. */
    public boolean isDirty() {
        return lastEntry > synced;
    }

    /**
     * Writes a frame that proves all entries before it to have been synced, unless one did already: without it nobody could
     * tell damage of the last batch from a batch that was never finished.
     */
    public void mark() throws IOException {
        if (proven < lastEntry && lastEntry <= synced) {
            put(FrameKind.MARK, 0, NO_KEY, NONE);
            write();
        }
    }

    /** Writes the clean end; it is to be synced. */
    public void end() throws IOException {
        put(FrameKind.END, 0, NO_KEY, NONE);
        write();
    }

    /** Sequence of the last frame added. */
    public long sequence() {
        return sequence;
    }

    /** Bytes that wait to be written. */
    public int pendingBytes() {
        return filled;
    }

    /** Bytes of all batches. */
    public long sizeBytes() {
        return sizeBytes;
    }

    @Override
    public void close() throws IOException {
        segment.close();
    }

    /** The place of a frame that is of no entry: a token that need not be written. */
    private static EntryKey named(byte[] name) {
        return new EntryKey(Token.of(name), name);
    }

    private void put(FrameKind kind, int table, EntryKey key, byte[] record) {
        long next = sequence + 1;
        int unsynced = (int) Math.min(next - synced, Integer.MAX_VALUE);
        int most = FrameFormat.maxBytes(key, record);
        if (batch.length - filled < most) {
            batch = Arrays.copyOf(batch, Math.max(2 * batch.length, filled + most));
        }
        int body = format.writeHead(kind, next, place, unsynced, table, batch, filled);
        filled = format.writeBody(key, record, batch, filled, body);
        sequence = next;
        place++;
        proven = Math.max(proven, next - unsynced);
    }
}

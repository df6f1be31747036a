package io.annulus.storage;

import io.annulus.api.storage.Compression;
import io.annulus.api.storage.Durability;
import io.annulus.storage.file.ScarceException;
import io.annulus.storage.log.FrameKind;
import io.annulus.storage.log.SegmentWriter;
import io.annulus.storage.merge.StoredEntry;
import io.annulus.storage.merge.ValuePointer;
import io.annulus.storage.value.ValueFiles;
import io.annulus.storage.value.ValueLog;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The end of the log, and the memtables beside it. Who takes it may write: the log thread, which waits for it, or the loop,
 * which never waits and does not take it before the log thread when that waits. All but the two counts of bytes and the three
 * steps that say so is for who has taken it. After an exception it is of no more use.
 */
final class LogTail {

    /** So much is gathered of writes whose acknowledgement needs no log. */
    private static final int GATHERED_BYTES = 64 << 10;

    private final EngineParts parts;
    private final long logId;
    private final MemoryUse memory;
    private final ValueFiles values;

    private final ReentrantLock lock = new ReentrantLock();

    /** Set by the log thread while it waits, read by the loop. */
    private volatile boolean wanted;

    /** Bytes of the segment that is written; who has taken it to status. */
    private volatile long segmentBytes;

    /** Bytes that were written to the log in this life; who has taken it to figures. */
    private volatile long loggedBytes;

    /** Why no segment was begun; who has taken it to status. */
    private volatile String lack = "";

    private final Set<LsmTable> touched = new LinkedHashSet<>();
    private Optional<SegmentWriter> writer = Optional.empty();
    private Optional<ValueLog> large = Optional.empty();

    /** Appended and not shown. */
    private final List<PendingWrite> hidden = new ArrayList<>();

    private long segment;
    private long lastSequence;
    private long synced;
    private long firstOfSegment;
    private long memtableBytes;
    private boolean ended;

    /**
     * A segment that nothing is appended to any more, and the memtables that hold what is in it.
     *
     * @param writer closed by {@link #retire}
     * @param large its large records, closed with it
     * @param isDirty whether some of it is not synced
     * @param lastSequence that it holds
     * @param job what is to be written out
     */
    record Rotated(SegmentWriter writer, ValueLog large, boolean isDirty, long lastSequence, FlushJob job) {}

    LogTail(EngineParts parts, MemoryUse memory, long logId, ValueFiles values) {
        this.parts = parts;
        this.logId = logId;
        this.memory = memory;
        this.values = values;
    }

    /** Goes on where former lives ended; before any thread works. */
    void goOnAfter(Recovered recovered) {
        segment = recovered.lastSegment();
        lastSequence = recovered.lastSequence();
        synced = lastSequence;
    }

    /** Takes it if nobody has it and nobody waits for it; loop. */
    boolean tryTake() {
        return !wanted && lock.tryLock();
    }

    /** Takes it; log thread. */
    void take() {
        wanted = true;
        lock.lock();
        wanted = false;
    }

    /** Lets go of it. */
    void release() {
        lock.unlock();
    }

    /** Begins the first segment of this life, unless it is there; false when there is no room or descriptor for it. */
    boolean begin() throws IOException {
        if (writer.isEmpty()) {
            newSegment().ifPresent(this::goOnIn);
        }
        return writer.isPresent();
    }

    private Optional<SegmentWriter> newSegment() throws IOException {
        try {
            return Optional.of(new SegmentWriter(parts.log(), logId, segment + 1, lastSequence, synced));
        } catch (ScarceException e) {
            lacks(e.getMessage());
            return Optional.empty();
        }
    }

    /** No segment can be begun. */
    void lacks(String what) {
        lack = "no log segment can be begun (" + what + "): raise the limit of open files, or make room on the disk";
    }

    private void goOnIn(SegmentWriter next) {
        segment++;
        firstOfSegment = lastSequence + 1;
        writer = Optional.of(next);
        large = Optional.of(values.log(segment, parts.config().directBytes()));
        segmentBytes = 0;
        lack = "";
    }

    /** Whether there is a segment to write to. */
    boolean isOpen() {
        return writer.isPresent() && !ended;
    }

    /** Whether the log was ended in order; any thread, once the log thread has ended. */
    boolean isEnded() {
        return ended;
    }

    /**
     * A write as the log is to keep it: a large record is written beside the log.
     *
     * @param syncedFirst whether {@link #syncPlaced} comes before it is appended
     * @throws ScarceException when there is no room or descriptor for that: then nothing counts
     */
    PendingWrite placed(PendingWrite write, boolean syncedFirst) throws IOException {
        Compression compression = write.table().options().compression();
        return write.with(large.orElseThrow().placed(write.entry(), compression, syncedFirst));
    }

    /** Makes large records durable that were placed and not appended; log thread, also while it has not taken it. */
    void syncPlaced() throws IOException {
        large.orElseThrow().syncPlaced();
    }

    /** Adds writes that were placed to the log, which are to be shown only once it is synced. */
    void append(List<PendingWrite> batch) throws IOException {
        for (PendingWrite write : batch) {
            frame(write);
            hidden.add(write);
        }
        writer.orElseThrow().writeToSync();
        wrote();
    }

    /** Logs a write that was placed as far as its durability asks for, and shows it. */
    void appendAndShow(PendingWrite write) throws IOException {
        frame(write);
        if (write.durability() == Durability.WRITTEN || writer.orElseThrow().pendingBytes() >= GATHERED_BYTES) {
            write();
        }
        show(write);
    }

    /** Makes all visible that was appended and is not; to be called when it is synced, by the thread that appended it. */
    void showAppended() {
        hidden.forEach(this::show);
        hidden.clear();
    }

    private void show(PendingWrite write) {
        LsmTable table = write.table();
        long grown = table.view().active().put(write.entry(), table.join());
        table.counts()
                .written(write.entry().place().key().length + write.entry().record().length, grown);
        touched.add(table);
        memtableBytes += grown;
        memory.add(grown);
    }

    /** Writes what was gathered. */
    void write() throws IOException {
        writer.orElseThrow().write();
        wrote();
    }

    /** Up to where the log is written. */
    long lastSequence() {
        return lastSequence;
    }

    /** Whether it holds entries that are not synced. */
    boolean isDirty() {
        return writer.orElseThrow().isDirty();
    }

    /** What was appended before is durable after this; log thread, also while it has not taken it. */
    void sync() throws IOException {
        large.orElseThrow().sync();
        writer.orElseThrow().sync();
    }

    /** Up to there it is synced. */
    void synced(long upTo) {
        synced = Math.max(synced, upTo);
        writer.orElseThrow().synced(synced);
    }

    /** Lets the log say that it is synced. */
    void mark() throws IOException {
        writer.orElseThrow().mark();
        write();
    }

    /** Whether no memtable holds anything. */
    boolean isEmpty() {
        return touched.isEmpty();
    }

    /** Why no segment was begun, one sentence; any thread. */
    String lack() {
        return lack;
    }

    /** Whether memtables are to be written out. */
    boolean isFull() {
        long bytes = parts.config().memtableBytes();
        return memtableBytes >= bytes || segmentBytes >= 2 * bytes;
    }

    /** Freezes all memtables that hold something, and begins a segment; empty when none does, or there is none to be had. */
    Optional<Rotated> rotate() throws IOException {
        if (touched.isEmpty()) {
            return Optional.empty();
        }
        write();
        // Before anything is frozen: without a descriptor for it the segment that is written goes on.
        Optional<SegmentWriter> next = newSegment();
        if (next.isEmpty()) {
            return Optional.empty();
        }
        SegmentWriter full = writer.orElseThrow();
        List<FlushJob.Unit> units = new ArrayList<>();
        for (LsmTable table : touched) {
            units.add(new FlushJob.Unit(table, table.freeze(), firstOfSegment, lastSequence));
        }
        FlushJob job = new FlushJob(units, segment, segmentBytes);
        // Also when nothing but a mark is not synced: the frames of the next segment will say that all of this one is.
        Rotated rotated = new Rotated(full, large.orElseThrow(), lastSequence > synced, lastSequence, job);
        touched.clear();
        memtableBytes = 0;
        goOnIn(next.get());
        return Optional.of(rotated);
    }

    /** Makes a segment durable that nothing is appended to any more, and closes it; log thread, also without it. */
    static void retire(Rotated rotated) throws IOException {
        if (rotated.isDirty()) {
            rotated.large().sync();
            rotated.writer().sync();
        }
        rotated.large().close();
        rotated.writer().close();
    }

    /** Writes the clean end, and syncs it. */
    void end() throws IOException {
        write();
        writer.orElseThrow().end();
        sync();
        ended = true;
    }

    /** Closes the segment. */
    void close() throws IOException {
        if (writer.isPresent()) {
            large.orElseThrow().close();
            writer.get().close();
        }
    }

    /** Number of the segment that is written. */
    long segment() {
        return segment;
    }

    /** Bytes of the segment that is written; any thread. */
    long segmentBytes() {
        return segmentBytes;
    }

    /** Bytes that were written to the log in this life; any thread. */
    long loggedBytes() {
        return loggedBytes;
    }

    private void wrote() {
        SegmentWriter log = writer.orElseThrow();
        lastSequence = log.sequence();
        long bytes = log.sizeBytes() + large.orElseThrow().sizeBytes();
        loggedBytes += bytes - segmentBytes;
        segmentBytes = bytes;
    }

    private void frame(PendingWrite write) {
        StoredEntry entry = write.entry();
        LsmTable table = write.table();
        byte[] record = entry.pointer().map(ValuePointer::toBytes).orElseGet(entry::record);
        writer.orElseThrow().add(FrameKind.of(entry), table.number(), table.name(), entry.place(), record);
    }
}

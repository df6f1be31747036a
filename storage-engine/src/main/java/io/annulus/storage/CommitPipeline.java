package io.annulus.storage;

import io.annulus.api.storage.Durability;
import io.annulus.api.storage.StorageFullException;
import io.annulus.storage.log.FrameKind;
import io.annulus.storage.log.SegmentWriter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The way of a write: admitted on the loop, gathered into a batch, logged, synced and made visible on the log thread, ended
 * on the loop. While one batch is synced the next one gathers (group commit).
 */
final class CommitPipeline {

    /** A batch is closed at this size, so that one sync does not wait for too much. */
    private static final int BATCH_BYTES = 4 << 20;

    private final EngineParts parts;
    private final EngineConfig config;
    private final long logId;
    private final Fence fence;
    private final MemoryUse memory;
    private final Consumer<FlushJob> flusher;

    /** Loop to log thread. */
    private final Queue<PendingWrite> queue = new ConcurrentLinkedQueue<>();

    /** Whether a drain is under way or asked for; set by the loop, cleared by the log thread. */
    private final AtomicBoolean draining = new AtomicBoolean();

    /** Set by the thread that closes the engine, read by all. */
    private volatile boolean closed;

    /** A write was refused after it had been taken; set by the loop and the log thread, read by who closes the engine. */
    private volatile boolean refusedLate;

    /** Bytes of the segment that is written; log thread to status. */
    private volatile long segmentBytes;

    // Owned by the loop.
    private final WritePacing pacing;
    private long queuedBytes;
    /** Those that wait for the log, and those whose acknowledgements are held back. */
    private int queuedWrites;

    // Owned by the log thread.
    private final Set<LsmTable> touched = new LinkedHashSet<>();
    private Optional<SegmentWriter> writer = Optional.empty();
    private long segment;
    private long lastSequence;
    private long firstOfSegment;
    private long memtableBytes;
    private long agedSegment;
    private boolean ended;

    CommitPipeline(EngineParts parts, Fence fence, MemoryUse memory, Recovered recovered, Consumer<FlushJob> flusher) {
        this.parts = parts;
        this.config = parts.config();
        this.logId = recovered.logId();
        this.fence = fence;
        this.memory = memory;
        this.flusher = flusher;
        this.pacing = new WritePacing(parts.loop(), config);
        this.segment = recovered.lastSegment();
        this.lastSequence = recovered.lastSequence();
    }

    /** Takes a write, or refuses it before any effect; loop. */
    void submit(PendingWrite write) {
        Optional<? extends RuntimeException> refusal = refusal(write);
        if (refusal.isPresent()) {
            write.completion().onFailure(refusal.get());
            return;
        }
        queuedWrites++;
        queuedBytes += write.bytes();
        queue.add(write);
        if (draining.compareAndSet(false, true)) {
            try {
                parts.threads().log().execute(this::drain);
            } catch (RejectedExecutionException e) {
                refusedLate = true;
                logged(takeAll(), Optional.of(closedRefusal()));
            }
        }
    }

    /** Begins the first segment of this life; log thread. */
    void begin() {
        guarded(this::nextSegment);
    }

    /** Writes memtables out that were there at the last call already; log thread, called at the flush age. */
    void age() {
        if (agedSegment == segment) {
            rotate();
        }
        agedSegment = segment;
    }

    /** Freezes all memtables that hold something, hands them on, and begins a new segment; log thread. */
    void rotate() {
        if (!touched.isEmpty() && !fence.isRaised() && !ended) {
            guarded(this::freeze);
        }
    }

    /** Refuses all writes from now on; any thread. */
    void refuse() {
        closed = true;
        parts.loop().execute(pacing::endAll);
    }

    /** Whether the engine is being closed; any thread. */
    boolean isClosed() {
        return closed;
    }

    /** Writes what waits, and the clean end; log thread, as its last task. */
    void finish() {
        while (!queue.isEmpty()) {
            commit(takeBatch());
        }
        if (!fence.isRaised() && writer.isPresent()) {
            guarded(() -> {
                writer.get().end();
                ended = true;
            });
        }
        if (writer.isPresent()) {
            guarded(writer.get()::close);
        }
    }

    /** Whether the log was ended in order, and holds all that was ever taken; after {@link #finish}. */
    boolean isEnded() {
        return ended && !refusedLate;
    }

    /** Bytes of the segment that is written; any thread. */
    long segmentBytes() {
        return segmentBytes;
    }

    private Optional<? extends RuntimeException> refusal(PendingWrite write) {
        if (fence.isRaised()) {
            return fence.refusal();
        }
        if (closed) {
            return Optional.of(closedRefusal());
        }
        long bytes = write.bytes();
        if (bytes > parts.log().maxBatchBytes()) {
            return full("a record of " + bytes + " bytes is larger than the log takes, "
                    + parts.log().maxBatchBytes());
        }
        if (queuedWrites >= config.queuedWrites() || queuedBytes + bytes > Math.max(config.queuedBytes(), bytes)) {
            return full(queuedWrites + " writes of " + queuedBytes + " bytes wait for the log; try again later");
        }
        if (memory.bytes() + queuedBytes > config.memoryBytes()) {
            return full("memtables hold " + memory.bytes() + " bytes that are being written out; try again later");
        }
        return Optional.empty();
    }

    private static Optional<StorageFullException> full(String message) {
        return Optional.of(new StorageFullException(message));
    }

    private static StorageFullException closedRefusal() {
        return new StorageFullException("storage is closed");
    }

    private void drain() {
        do {
            while (!queue.isEmpty()) {
                commit(takeBatch());
            }
            draining.set(false);
        } while (!queue.isEmpty() && draining.compareAndSet(false, true));
    }

    private List<PendingWrite> takeBatch() {
        List<PendingWrite> batch = new ArrayList<>();
        long bytes = 0;
        PendingWrite next = queue.peek();
        while (next != null && (batch.isEmpty() || bytes + next.bytes() <= BATCH_BYTES)) {
            bytes += next.bytes();
            batch.add(queue.remove());
            next = queue.peek();
        }
        return batch;
    }

    private List<PendingWrite> takeAll() {
        List<PendingWrite> all = new ArrayList<>();
        for (PendingWrite next = queue.poll(); next != null; next = queue.poll()) {
            all.add(next);
        }
        return all;
    }

    private void commit(List<PendingWrite> batch) {
        if (batch.isEmpty()) {
            return;
        }
        Optional<? extends RuntimeException> failure = ended ? Optional.of(closedRefusal()) : diskRefusal();
        if (failure.isEmpty()) {
            guarded(() -> write(batch));
            failure = fence.refusal();
        }
        if (failure.isPresent()) {
            refusedLate = true;
        }
        Optional<? extends RuntimeException> outcome = failure;
        parts.loop().execute(() -> logged(batch, outcome));
        if (memtableBytes >= config.memtableBytes() || segmentBytes >= 2 * config.memtableBytes()) {
            rotate();
        }
    }

    private Optional<? extends RuntimeException> diskRefusal() {
        if (fence.isRaised()) {
            return fence.refusal();
        }
        try {
            long usable = parts.root().usableBytes();
            return usable >= config.reserveBytes()
                    ? Optional.empty()
                    : full("the disk has " + usable + " bytes left, fewer than the reserve of " + config.reserveBytes()
                            + "; make room on it");
        } catch (IOException e) {
            fence.raise(e);
            return fence.refusal();
        }
    }

    /** Visible means durable: the memtables are touched only after the sync. */
    private void write(List<PendingWrite> batch) throws IOException {
        SegmentWriter log = writer.orElseThrow();
        for (PendingWrite write : batch) {
            FrameKind kind = write.entry().kind().hasRecord() ? FrameKind.RECORD : FrameKind.REMOVAL;
            LsmTable table = write.table();
            log.add(
                    kind,
                    table.number(),
                    table.name(),
                    write.entry().place(),
                    write.entry().record());
        }
        log.commit();
        lastSequence = log.sequence();
        segmentBytes = log.sizeBytes();
        long grown = 0;
        for (PendingWrite write : batch) {
            grown += write.table()
                    .view()
                    .active()
                    .put(write.entry(), write.table().join());
            touched.add(write.table());
        }
        memtableBytes += grown;
        memory.add(grown);
    }

    private void freeze() throws IOException {
        List<FlushJob.Unit> units = new ArrayList<>();
        for (LsmTable table : touched) {
            units.add(new FlushJob.Unit(table, table.freeze(), firstOfSegment, lastSequence));
        }
        touched.clear();
        memtableBytes = 0;
        writer.orElseThrow().close();
        flusher.accept(new FlushJob(units, segment, segmentBytes));
        nextSegment();
    }

    private void nextSegment() throws IOException {
        segment++;
        firstOfSegment = lastSequence + 1;
        writer = Optional.of(new SegmentWriter(parts.log(), logId, segment, lastSequence));
        segmentBytes = 0;
    }

    /** The top of what the log thread does to the disk: whatever goes wrong there closes the write path. */
    private void guarded(Step step) {
        try {
            step.run();
        } catch (Throwable e) {
            fence.raise(e);
        }
    }

    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }

    /** The log is done with writes; their ends may be held back; loop. */
    private void logged(List<PendingWrite> writes, Optional<? extends RuntimeException> failure) {
        for (PendingWrite write : writes) {
            queuedBytes -= write.bytes();
        }
        long bytes = closed || failure.isPresent() ? 0 : memory.bytes();
        pacing.end(bytes, () -> end(writes, failure));
    }

    /** Ends writes; when one completion throws, the loop reports that, and the rest end in a task of their own; loop. */
    private void end(List<PendingWrite> writes, Optional<? extends RuntimeException> failure) {
        int ended = 0;
        try {
            while (ended < writes.size()) {
                PendingWrite write = writes.get(ended++);
                queuedWrites--;
                if (failure.isPresent()) {
                    write.completion().onFailure(failure.get());
                } else {
                    write.completion().onResult(Durability.SYNCED);
                }
            }
        } finally {
            if (ended < writes.size()) {
                List<PendingWrite> rest = writes.subList(ended, writes.size());
                parts.loop().execute(() -> end(rest, failure));
            }
        }
    }
}

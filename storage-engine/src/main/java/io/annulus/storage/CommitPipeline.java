package io.annulus.storage;

import io.annulus.api.runtime.Cancellable;
import io.annulus.api.storage.Durability;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The way of a write. One that must be synced is admitted on the loop, gathered into a batch, logged, synced and made visible on
 * the log thread, and ended on the loop; while one batch is synced the next one gathers (group commit). One that need not be is
 * logged, made visible and ended by the loop itself, unless the log thread has the end of the log just then.
 *
 * <p>Of each table the writes go into the log and into memory in the order in which they came: those that are synced through
 * one queue, the others through another, which must be empty before the loop writes by itself.
 */
final class CommitPipeline {

    /** A batch is closed at this size, so that one sync does not wait for too much. */
    private static final int BATCH_BYTES = 4 << 20;

    /** What is not synced otherwise is synced after this. */
    private static final long SYNC_NANOS = 1_000_000_000L;

    private final EngineParts parts;
    private final EngineConfig config;
    private final Fence fence;
    private final MemoryUse memory;
    private final Consumer<FlushJob> preparer;
    private final Consumer<FlushJob> flusher;
    private final LogTail tail;
    private final Placing placing;
    private final FirstSegment first;

    /** Loop to log thread: what must be synced. */
    private final Queue<PendingWrite> queue = new ConcurrentLinkedQueue<>();

    /** What need not be, and met the log thread at the end of the log; the loop adds, who has that takes. */
    private final Queue<PendingWrite> passed = new ConcurrentLinkedQueue<>();

    /** Whether a drain is under way or asked for; set by the loop, cleared by the log thread. */
    private final AtomicBoolean draining = new AtomicBoolean();

    /** Whether memtables are to be written out; set by the loop, cleared by the log thread. */
    private final AtomicBoolean rotating = new AtomicBoolean();

    /** Set by the thread that closes the engine, read by all. */
    private volatile boolean closed;

    /** A write was refused after it had been taken; set by the loop and the log thread, read by who closes the engine. */
    private volatile boolean refusedLate;

    // Owned by the loop.
    private final WritePacing pacing;
    private long queuedBytes;
    private int queuedWrites;
    private Optional<Cancellable> syncing = Optional.empty();

    // Owned by the log thread.

    /** A batch whose writes the loop was not told of. */
    private List<PendingWrite> current = List.of();

    private long agedSegment;

    /** A job goes to the preparer before its log is synced, and to the flusher afterwards. */
    CommitPipeline(
            EngineParts parts,
            Fence fence,
            MemoryUse memory,
            LogTail tail,
            Consumer<FlushJob> preparer,
            Consumer<FlushJob> flusher) {
        this.parts = parts;
        this.config = parts.config();
        this.fence = fence;
        this.memory = memory;
        this.preparer = preparer;
        this.flusher = flusher;
        this.tail = tail;
        this.placing = new Placing(parts, fence, tail);
        this.pacing = new WritePacing(parts.loop(), config);
        this.first = new FirstSegment(parts, fence, tail);
    }

    /** Takes a write, or refuses it before any effect; loop. */
    void submit(PendingWrite write) {
        Optional<? extends RuntimeException> refusal = refusal(write);
        if (refusal.isPresent()) {
            write.completion().onFailure(refusal.get());
            return;
        }
        scheduleSync();
        if (write.durability() == Durability.SYNCED) {
            enqueue(queue, write);
        } else if (!wroteAtOnce(write)) {
            enqueue(passed, write);
        }
    }

    /** Begins the first segment of this life, unless a write did already; log thread. */
    void begin() {
        first.begin();
    }

    /** Writes memtables out that were there at the last call already; log thread, called at the flush age. */
    void age() {
        tail.take();
        long segment = tail.segment();
        tail.release();
        if (agedSegment == segment) {
            rotate();
        }
        agedSegment = segment;
    }

    /**
     * Freezes all memtables that hold something, hands them on, and begins a new segment; log thread.
     *
     * @return whether no memtable holds anything now; else there was no room or descriptor for a segment, or the log is fenced
     */
    boolean rotate() {
        List<LogTail.Rotated> rotated = new ArrayList<>();
        boolean[] done = new boolean[1];
        withTail(() -> {
            if (tail.isOpen() && DiskRoom.isThere(parts, fence)) {
                tail.rotate().ifPresent(rotated::add);
            }
            done[0] = tail.isEmpty();
        });
        // Who met the end of the log taken does not wait for the disk, as the next lines do.
        commitPassed();
        // It counts once it is synced: else the manifest would know of sequences that a power cut takes away.
        for (LogTail.Rotated full : rotated) {
            preparer.accept(full.job());
            guarded(() -> LogTail.retire(full));
            withTail(() -> tail.synced(full.lastSequence()));
            if (!fence.isRaised()) {
                flusher.accept(full.job());
            }
        }
        return done[0];
    }

    /** Refuses all writes from now on; any thread. */
    void refuse() {
        closed = true;
        parts.loop().execute(() -> {
            pacing.endAll();
            first.giveUp();
            syncing.ifPresent(Cancellable::cancel);
        });
    }

    /** Whether the engine is being closed; any thread. */
    boolean isClosed() {
        return closed;
    }

    /** Writes what waits, and the clean end; log thread, as its last task. */
    void finish() {
        begin();
        while (isWaiting()) {
            commit(takeBatch());
        }
        withTail(() -> {
            if (tail.isOpen()) {
                tail.end();
            }
        });
        tail.take();
        try {
            guarded(tail::close);
        } finally {
            tail.release();
        }
    }

    /** Whether the log was ended in order, and holds all that was ever taken; after {@link #finish}. */
    boolean isEnded() {
        return tail.isEnded() && !refusedLate;
    }

    /** Writes that wait for the log, and those whose acknowledgements are held back; loop. */
    int queuedWrites() {
        return queuedWrites;
    }

    /** Bytes of the segment that is written; any thread. */
    long segmentBytes() {
        return tail.segmentBytes();
    }

    /** Why no log segment was begun, one sentence; empty while there is nothing to say; any thread. */
    String lack() {
        return tail.lack();
    }

    /** Bytes that were written to the log in this life; any thread. */
    long loggedBytes() {
        return tail.loggedBytes();
    }

    private Optional<? extends RuntimeException> refusal(PendingWrite write) {
        if (fence.isRaised()) {
            return fence.refusal();
        }
        if (closed) {
            return Optional.of(Refusal.closed());
        }
        long bytes = write.bytes();
        if (bytes > parts.log().maxBatchBytes()) {
            return Refusal.full("a record of " + bytes + " bytes is larger than the log takes, "
                    + parts.log().maxBatchBytes());
        }
        if (queuedWrites >= config.queuedWrites() || queuedBytes + bytes > Math.max(config.queuedBytes(), bytes)) {
            return Refusal.full(
                    queuedWrites + " writes of " + queuedBytes + " bytes wait for the log; try again later");
        }
        if (memory.bytes() + queuedBytes > config.memoryBytes()) {
            return Refusal.full(
                    "memtables hold " + memory.bytes() + " bytes that are being written out; try again later");
        }
        return Optional.empty();
    }

    private void enqueue(Queue<PendingWrite> way, PendingWrite write) {
        queuedWrites++;
        queuedBytes += write.bytes();
        way.add(write);
        if (draining.compareAndSet(false, true)) {
            try {
                parts.threads().log().execute(this::drain);
            } catch (RejectedExecutionException e) {
                refusedLate = true;
                List<PendingWrite> all = PendingWrite.takeAll(queue);
                all.addAll(PendingWrite.takeAll(passed));
                logged(all, Optional.of(Refusal.closed()));
            }
        }
    }

    /** Writes on the loop; false when the log thread has the end of the log. */
    private boolean wroteAtOnce(PendingWrite write) {
        if (!tail.tryTake()) {
            return false;
        }
        Optional<? extends RuntimeException> failure;
        List<PendingWrite> before;
        boolean full;
        try {
            if (!tail.isOpen()) {
                return false;
            }
            before = passed.isEmpty() ? List.of() : PendingWrite.takeAll(passed);
            failure = before.isEmpty() ? Optional.empty() : placing.appendAndShow(before);
            failure = failure.isPresent() ? failure : placing.appendAndShow(write);
            full = tail.isFull();
        } finally {
            tail.release();
        }
        if (full && rotating.compareAndSet(false, true)) {
            EngineThreads.runUnlessEnded(parts.threads().log(), this::rotateIfFull);
        }
        if (!before.isEmpty()) {
            refusedLate |= failure.isPresent();
            logged(before, failure);
        }
        endAtOnce(write, failure);
        return true;
    }

    private void endAtOnce(PendingWrite write, Optional<? extends RuntimeException> failure) {
        if (failure.isEmpty() && pacing.isHolding(memory.bytes())) {
            queuedWrites++;
            pacing.end(memory.bytes(), () -> end(List.of(write), failure));
        } else if (failure.isPresent()) {
            write.completion().onFailure(failure.get());
        } else {
            write.completion().onResult(write.durability());
        }
    }

    /** Each write ends, whatever is thrown on whichever line: a fault in mapped memory is told late. */
    private void drain() {
        begin();
        do {
            guarded(() -> {
                while (isWaiting()) {
                    commit(takeBatch());
                }
            });
            hand(current, fence.refusal());
            draining.set(false);
        } while (isWaiting() && draining.compareAndSet(false, true));
    }

    private boolean isWaiting() {
        return !queue.isEmpty() || !passed.isEmpty();
    }

    private List<PendingWrite> takeBatch() {
        List<PendingWrite> batch = new ArrayList<>();
        current = batch;
        long bytes = 0;
        PendingWrite next = queue.peek();
        while (next != null && (batch.isEmpty() || bytes + next.bytes() <= BATCH_BYTES)) {
            bytes += next.bytes();
            batch.add(queue.remove());
            next = queue.peek();
        }
        return batch;
    }

    /** Logs a batch, syncs it and shows it, in this order: visible means durable. */
    private void commit(List<PendingWrite> batch) {
        Optional<? extends RuntimeException> failure;
        long upTo;
        tail.take();
        try {
            handPassed();
            failure = batch.isEmpty() ? Optional.empty() : append(batch);
            upTo = tail.lastSequence();
        } finally {
            tail.release();
        }
        if (!batch.isEmpty()) {
            commitPassed();
        }
        hand(batch, failure.isPresent() || batch.isEmpty() ? failure : syncAndShow(batch, upTo));
        rotateIfFull();
    }

    private Optional<? extends RuntimeException> append(List<PendingWrite> batch) {
        Placing.Placed placed = placing.ofBatch(batch);
        if (placed.refusal().isPresent()) {
            return placed.refusal();
        }
        guarded(() -> tail.append(placed.writes()));
        return fence.refusal();
    }

    /** Logs what met the end of the log taken, if there is any; log thread, before it waits for the disk. */
    private void commitPassed() {
        if (!passed.isEmpty()) {
            tail.take();
            try {
                handPassed();
            } finally {
                tail.release();
            }
        }
    }

    private void handPassed() {
        List<PendingWrite> unsynced = PendingWrite.takeAll(passed);
        hand(unsynced, unsynced.isEmpty() ? Optional.empty() : placing.appendAndShow(unsynced));
    }

    private Optional<? extends RuntimeException> syncAndShow(List<PendingWrite> batch, long upTo) {
        guarded(tail::sync);
        withTail(() -> {
            tail.synced(upTo);
            tail.showAppended();
        });
        return fence.refusal();
    }

    /** Lets the loop tell what became of writes; who has the end of the log, or the log thread. */
    private void hand(List<PendingWrite> writes, Optional<? extends RuntimeException> failure) {
        if (writes.isEmpty()) {
            return;
        }
        if (failure.isPresent()) {
            refusedLate = true;
        }
        current = writes == current ? List.of() : current;
        parts.loop().execute(() -> logged(writes, failure));
    }

    /** Writes memtables out if they are full; log thread. */
    private void rotateIfFull() {
        rotating.set(false);
        tail.take();
        boolean full = tail.isFull();
        tail.release();
        if (full) {
            rotate();
        }
    }

    /** Sees to it that what is written now is synced in time; loop. */
    private void scheduleSync() {
        if (syncing.isEmpty() && !closed && !fence.isRaised()) {
            syncing = Optional.of(parts.loop().schedule(SYNC_NANOS, () -> {
                syncing = Optional.empty();
                EngineThreads.runUnlessEnded(parts.threads().log(), this::syncWritten);
            }));
        }
    }

    /** Syncs what is written, and lets the log say so; log thread. */
    private void syncWritten() {
        // What can wait is not written to a full disk.
        boolean hasRoom = DiskRoom.isThere(parts, fence);
        Optional<Long> dirty = Optional.empty();
        tail.take();
        try {
            if (tail.isOpen() && !fence.isRaised()) {
                if (hasRoom) {
                    guarded(tail::write);
                }
                dirty = tail.isDirty() ? Optional.of(tail.lastSequence()) : dirty;
            }
        } finally {
            tail.release();
        }
        if (dirty.isPresent() && !fence.isRaised()) {
            commitPassed();
            guarded(tail::sync);
        }
        long upTo = dirty.orElse(0L);
        withTail(() -> {
            if (tail.isOpen()) {
                tail.synced(upTo);
                if (hasRoom) {
                    tail.mark();
                }
            }
        });
        if (!hasRoom) {
            parts.loop().execute(this::scheduleSync);
        }
    }

    /** Does something at the end of the log, unless it is fenced; log thread. */
    private void withTail(Step step) {
        tail.take();
        try {
            if (!fence.isRaised()) {
                guarded(step);
            }
        } finally {
            tail.release();
        }
    }

    /** The top of what is done to the log: whatever goes wrong there closes the write path. */
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
                    write.completion().onResult(write.durability());
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

package io.annulus.storage;

import io.annulus.api.runtime.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Holds acknowledgements back while memtables are written out more slowly than they fill, so that who waits for them writes as
 * fast as the store does, before anyone is refused. Owned by the loop.
 *
 * <p>With writing out in step, an active memtable and one that is being written out are all there is. From there to the bound of
 * memory the time grows in proportion, from a few milliseconds on, since a writer that is to wait had better wait once than a hundred
 * times: a feedback by fill, which needs neither clock nor rates. That writes are slowed from
 * early on and never stopped is from Luo and Carey, "On Performance Stability in LSM-based Storage Systems" (VLDB 2019),
 * sections 4 and 5; that the slowing grows with what waits is from RocksDB (db/column_family.cc, SetupDelay).
 */
final class WritePacing {

    /** With a sync and a turn of the loop this stays below 100 ms. */
    static final long LONGEST_NANOS = 80_000_000;

    /** Shorter ones would be a hundred for each flush that ends a little late, and one write in a thousand would be slow. */
    static final long SHORTEST_NANOS = 4_000_000;

    private static final int IN_STEP_MEMTABLES = 2;

    private final EventLoop loop;
    private final EngineConfig config;
    private final Deque<Held> held = new ArrayDeque<>();

    /** Ends that wait for their turn on the loop. */
    private int released;

    WritePacing(EventLoop loop, EngineConfig config) {
        this.loop = loop;
        this.config = config;
    }

    /** Whether the end of a batch would be held back. */
    boolean isHolding(long memoryBytes) {
        return isBehind() || holdNanos(memoryBytes) > 0;
    }

    /** Runs the end of a batch in time, in the order of the batches. */
    void end(long memoryBytes, Runnable end) {
        long nanos = holdNanos(memoryBytes);
        if (nanos == 0 && !isBehind()) {
            end.run();
            return;
        }
        Held batch = new Held(end);
        held.add(batch);
        loop.schedule(nanos, () -> {
            batch.due = true;
            release();
        });
    }

    /** Ends all that is held: the engine is being closed. */
    void endAll() {
        held.forEach(batch -> batch.due = true);
        release();
    }

    long holdNanos(long memoryBytes) {
        long inStep = IN_STEP_MEMTABLES * config.memtableBytes();
        if (memoryBytes <= inStep) {
            return 0;
        }
        double fill = (double) (memoryBytes - inStep) / (config.memoryBytes() - inStep);
        return SHORTEST_NANOS + (long) (Math.min(1, fill) * (LONGEST_NANOS - SHORTEST_NANOS));
    }

    /** Each in a task of its own: a completion may throw. */
    private void release() {
        while (!held.isEmpty() && held.peek().due) {
            Runnable end = held.remove().end;
            released++;
            loop.execute(() -> {
                released--;
                end.run();
            });
        }
    }

    /** Whether the end of an earlier batch is still to come. */
    private boolean isBehind() {
        return !held.isEmpty() || released > 0;
    }

    private static final class Held {

        private final Runnable end;
        private boolean due;

        Held(Runnable end) {
            this.end = end;
        }
    }
}

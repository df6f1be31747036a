package io.annulus.replication.hint;

import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.Completion;
import io.annulus.api.runtime.EventLoop;
import io.annulus.api.storage.Entry;
import java.util.Optional;

/** Counts the hints on disk, a batch at a time with a pause between them. Owned by the event loop. */
final class HintCensus {

    private static final int BATCH = 64;

    private final EventLoop loop;
    private final HintStore store;
    private final long pauseNanos;
    private Cancellable pause = () -> {};
    private boolean running;
    private boolean closed;

    HintCensus(EventLoop loop, HintStore store, long pauseNanos) {
        this.loop = loop;
        this.store = store;
        this.pauseNanos = pauseNanos;
    }

    /** Counts if a count is due and none is under way. */
    void runIfDue() {
        if (!running && !closed && store.isCensusDue()) {
            running = true;
            store.beginCensus();
            count(Optional.empty());
        }
    }

    void close() {
        closed = true;
        pause.cancel();
    }

    /** A count that fails is begun anew when it is next asked for. */
    private void count(Optional<Entry> after) {
        store.countNext(after, BATCH, Completion.of(this::counted, cause -> running = false));
    }

    private void counted(Optional<Entry> last) {
        if (last.isEmpty() || closed) {
            running = false;
        } else {
            pause = loop.schedule(pauseNanos, () -> count(last));
        }
    }
}

package io.annulus.replication.hint;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.Entry;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Goes through the hints of one owner from the first to the last, batch by batch, again and again until none is left. It
 * rests, to be resumed, when a whole batch failed, the owner is down, or a sweep left hints behind. Owned by the event loop.
 */
final class HintSweep {

    private final NodeId owner;
    private final HintStore store;
    private final HintTransport transport;
    private final int batch;
    private final Function<Runnable, Cancellable> pause;
    private final Runnable onReplayed;
    private Optional<Entry> after = Optional.empty();
    private List<Entry> taken = List.of();
    private Cancellable next = () -> {};
    private int open;
    private int failedNow;
    private boolean failed;
    private boolean busy;
    private boolean over;
    private boolean closed;

    HintSweep(
            NodeId owner,
            HintStore store,
            HintTransport transport,
            int batch,
            Function<Runnable, Cancellable> pause,
            Runnable onReplayed) {
        this.owner = owner;
        this.store = store;
        this.transport = transport;
        this.batch = batch;
        this.pause = pause;
        this.onReplayed = onReplayed;
    }

    /** Goes on, if it rests. */
    void resume() {
        if (!busy && !closed && !over) {
            busy = true;
            takeBatch();
        }
    }

    /** Whether the owner was found to have no hints. */
    boolean isOver() {
        return over;
    }

    void close() {
        closed = true;
        next.cancel();
    }

    private void takeBatch() {
        if (!transport.isUp(owner)) {
            busy = false;
            return;
        }
        store.take(owner, after, batch, Completion.of(this::deliver, cause -> {
            store.replayEnded(owner, false);
            busy = false;
        }));
    }

    private void deliver(List<Entry> entries) {
        taken = entries;
        failedNow = 0;
        open = entries.size() + 1;
        for (Entry entry : entries) {
            deliver(entry);
        }
        oneEnded(true);
    }

    private void deliver(Entry entry) {
        Completion<Durability> removed = Completion.of(durability -> oneEnded(true), cause -> oneEnded(false));
        Optional<HintKey> readable = HintKey.read(entry);
        if (readable.isEmpty()) {
            store.discard(owner, entry, removed);
            return;
        }
        HintKey hint = readable.get();
        transport.deliver(owner, hint.keyspace(), hint.key(), entry.record(), held -> {
            if (held) {
                onReplayed.run();
                store.delivered(hint, entry, removed);
            } else {
                oneEnded(false);
            }
        });
    }

    private void oneEnded(boolean well) {
        failedNow += well ? 0 : 1;
        open--;
        if (open > 0) {
            return;
        }
        boolean none = taken.isEmpty() && after.isEmpty();
        store.replayEnded(owner, none);
        failed |= failedNow > 0;
        boolean end = taken.size() < batch;
        boolean rest = none || end && failed || !taken.isEmpty() && failedNow == taken.size();
        after = end ? Optional.empty() : Optional.of(taken.get(taken.size() - 1));
        failed &= !end;
        over = none;
        if (rest || closed) {
            busy = false;
        } else {
            next = pause.apply(this::takeBatch);
        }
    }
}

package io.annulus.replication.hint;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.Completion;
import io.annulus.api.runtime.EventLoop;
import io.annulus.api.storage.Entry;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Brings hints to owners that are up again: one batch at a time for each owner, the next after a pause, so that replay takes
 * a bounded share of both nodes. A batch with a failure is followed by a longer pause. Owned by the event loop.
 */
public final class HintReplayer {

    private static final long RETRY_NANOS = 1_000_000_000L;

    private final EventLoop loop;
    private final HintStore store;
    private final HintTransport transport;
    private final int batch;
    private final long pauseNanos;
    private final Set<NodeId> busy = new HashSet<>();
    private Cancellable tick = () -> {};
    private boolean closed;
    private long replayed;

    public HintReplayer(EventLoop loop, HintStore store, HintTransport transport, int batch, int pauseMillis) {
        this.loop = loop;
        this.store = store;
        this.transport = transport;
        this.batch = batch;
        this.pauseNanos = pauseMillis * 1_000_000L;
    }

    /** Begins to look for owners that are up. */
    public void start() {
        tick = loop.schedule(RETRY_NANOS, this::tick);
    }

    /** Members for whom hints of an earlier life of this node may lie on disk. */
    public void expect(Collection<NodeId> members) {
        members.forEach(store::expect);
    }

    /** Stops; hints stay on disk. */
    public void close() {
        closed = true;
        tick.cancel();
    }

    /** Hints delivered since the node started. */
    public long replayed() {
        return replayed;
    }

    private void tick() {
        if (closed) {
            return;
        }
        for (NodeId owner : store.owners()) {
            if (transport.isUp(owner) && busy.add(owner)) {
                replayBatch(owner);
            }
        }
        tick = loop.schedule(RETRY_NANOS, this::tick);
    }

    private void replayBatch(NodeId owner) {
        store.take(owner, batch, Completion.of(entries -> new Batch(owner, entries).start(), cause -> {
            store.replayEnded(owner, false);
            busy.remove(owner);
        }));
    }

    /** The hints of one owner that are on their way. */
    private final class Batch {

        private final NodeId owner;
        private final List<Entry> entries;
        private int open;
        private boolean failed;

        Batch(NodeId owner, List<Entry> entries) {
            this.owner = owner;
            this.entries = entries;
        }

        void start() {
            open = entries.size() + 1;
            for (Entry entry : entries) {
                HintKey hint = HintKey.decode(entry.key());
                transport.deliver(owner, hint.keyspace(), hint.key(), entry.record(), held -> delivered(entry, held));
            }
            oneEnded();
        }

        private void delivered(Entry entry, boolean held) {
            if (held) {
                replayed++;
                store.delivered(entry, Completion.of(durability -> oneEnded(), cause -> {
                    failed = true;
                    oneEnded();
                }));
            } else {
                failed = true;
                oneEnded();
            }
        }

        private void oneEnded() {
            open--;
            if (open > 0) {
                return;
            }
            store.replayEnded(owner, entries.isEmpty());
            if (closed || failed || entries.isEmpty()) {
                busy.remove(owner);
            } else {
                loop.schedule(pauseNanos, this::next);
            }
        }

        private void next() {
            if (!closed && transport.isUp(owner)) {
                replayBatch(owner);
            } else {
                busy.remove(owner);
            }
        }
    }
}

package io.annulus.replication.hint;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.EventLoop;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Brings hints to owners that are up again: one batch at a time for each owner, the next after a pause, so that replay takes
 * a bounded share of both nodes. A hint that the owner does not take is tried again in the next sweep, and holds nobody up.
 * Owned by the event loop.
 */
public final class HintReplayer {

    private static final long TICK_NANOS = 1_000_000_000L;

    private final EventLoop loop;
    private final HintStore store;
    private final HintTransport transport;
    private final int batch;
    private final long pauseNanos;
    private final HintCensus census;
    private final Map<NodeId, HintSweep> sweeps = new TreeMap<>();
    private Cancellable tick = () -> {};
    private long replayed;

    public HintReplayer(EventLoop loop, HintStore store, HintTransport transport, int batch, int pauseMillis) {
        this.loop = loop;
        this.store = store;
        this.transport = transport;
        this.batch = batch;
        this.pauseNanos = pauseMillis * 1_000_000L;
        this.census = new HintCensus(loop, store, pauseNanos);
    }

    /** Begins to look for owners that are up. */
    public void start() {
        census.runIfDue();
        tick = loop.schedule(TICK_NANOS, this::tick);
    }

    /** Members for whom hints of an earlier life of this node may lie on disk. */
    public void expect(Collection<NodeId> members) {
        store.expect(members);
    }

    /** Stops; hints stay on disk. */
    public void close() {
        tick.cancel();
        census.close();
        sweeps.values().forEach(HintSweep::close);
    }

    /** Hints delivered since the node started. */
    public long replayed() {
        return replayed;
    }

    private void tick() {
        census.runIfDue();
        sweeps.values().removeIf(HintSweep::isOver);
        for (NodeId owner : store.owners()) {
            if (transport.isUp(owner)) {
                sweeps.computeIfAbsent(owner, this::newSweep).resume();
            }
        }
        tick = loop.schedule(TICK_NANOS, this::tick);
    }

    private HintSweep newSweep(NodeId owner) {
        return new HintSweep(owner, store, transport, batch, this::afterPause, () -> replayed++);
    }

    private Cancellable afterPause(Runnable task) {
        return loop.schedule(pauseNanos, task);
    }
}

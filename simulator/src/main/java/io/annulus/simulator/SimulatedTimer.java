package io.annulus.simulator;

import io.annulus.api.runtime.Cancellable;

/**
 * A timer of a node: due by that node's own crystal. When the crystal has become slower since the timer was set, it waits on,
 * so that it never runs before its time.
 */
final class SimulatedTimer implements Cancellable, Runnable {

    private final SimulatedWorld world;
    private final SimulatedLoop loop;
    private final NodeClocks clocks;
    private final long dueNanos;
    private final Runnable task;
    private Event event;

    SimulatedTimer(SimulatedWorld world, SimulatedLoop loop, NodeClocks clocks, long delayNanos, Runnable task) {
        this.world = world;
        this.loop = loop;
        this.clocks = clocks;
        long now = clocks.nanos();
        this.dueNanos = delayNanos > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + delayNanos;
        this.task = task;
        await(delayNanos);
    }

    @Override
    public void run() {
        long left = dueNanos - clocks.nanos();
        if (left > 0) {
            await(left);
        } else {
            task.run();
        }
    }

    @Override
    public void cancel() {
        event.cancel();
    }

    private void await(long nanos) {
        event = world.queue().add(clocks.worldNanos(nanos), Event.Place.LOOP, loop, "timer", this);
    }
}

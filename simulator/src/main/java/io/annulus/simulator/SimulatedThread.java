package io.annulus.simulator;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * A thread of a node beside its loop, as those of a storage engine: runs its tasks one after the other, each some time after
 * the one before. It ends with the life of the node.
 */
public final class SimulatedThread implements Executor {

    private final SimulatedWorld world;
    private final SimulatedLoop loop;
    private final String name;
    private final LongSupplier delayNanos;
    private final Deque<Runnable> tasks = new ArrayDeque<>();
    private boolean queued;

    SimulatedThread(SimulatedWorld world, SimulatedLoop loop, String name, LongSupplier delayNanos) {
        this.world = world;
        this.loop = loop;
        this.name = name;
        this.delayNanos = delayNanos;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
        if (!queued) {
            queue();
        }
    }

    /** Runs at once all that waits, and what that adds: for an orderly end. */
    public void drain() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private void queue() {
        queued = true;
        world.queue().add(delayNanos.getAsLong(), Event.Place.NODE, loop, name, () -> {
            queued = false;
            if (!tasks.isEmpty()) {
                tasks.remove().run();
            }
            if (!tasks.isEmpty() && !queued) {
                queue();
            }
        });
    }
}

package io.annulus.simulator;

import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.EventLoop;
import io.annulus.api.runtime.Pollable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The event loop of one life of a node. Each task is one turn; after each turn its pollables are polled, and at least
 * every millisecond of virtual time. A crash drops all that is queued.
 */
public final class SimulatedLoop implements EventLoop {

    /** Most outside tasks that wait, unless set otherwise. */
    public static final int DEFAULT_OUTSIDE_LIMIT = 65_536;

    private static final long IDLE_TURN_NANOS = 1_000_000;
    private static final int MAX_POLLS_PER_TURN = 64;

    private final SimulatedWorld world;
    private final SimulatedNode node;
    private final List<Event> held = new ArrayList<>();
    private List<Pollable> pollables = List.of();
    private boolean running = true;
    private boolean idleTurnQueued;
    private long pausedUntilNanos;
    private int outsideLimit = DEFAULT_OUTSIDE_LIMIT;
    private int outsideTasks;

    SimulatedLoop(SimulatedWorld world, SimulatedNode node) {
        this.world = world;
        this.node = node;
    }

    @Override
    public boolean tryExecute(Runnable task) {
        Objects.requireNonNull(task, "task");
        if (!running || outsideTasks >= outsideLimit) {
            return false;
        }
        outsideTasks++;
        world.queue().add(0, Event.Place.LOOP, this, "outside task", () -> {
            outsideTasks--;
            task.run();
        });
        return true;
    }

    @Override
    public void execute(Runnable task) {
        Objects.requireNonNull(task, "task");
        if (running) {
            world.queue().add(0, Event.Place.LOOP, this, "task", task);
        }
    }

    /** @throws IllegalStateException when it is not called on the loop: wrap the call in {@link SimulatedNode#run} */
    @Override
    public Cancellable schedule(long delayNanos, Runnable task) {
        Objects.requireNonNull(task, "task");
        requireOnLoop("schedule");
        return new SimulatedTimer(world, this, node.clocks(), delayNanos, task);
    }

    @Override
    public Cancellable addPollable(Pollable pollable) {
        Objects.requireNonNull(pollable, "pollable");
        List<Pollable> more = new ArrayList<>(pollables);
        more.add(pollable);
        pollables = List.copyOf(more);
        queueIdleTurn();
        return () -> remove(pollable);
    }

    @Override
    public boolean onLoop() {
        return world.current() == this;
    }

    /** Sets how many outside tasks may wait before {@link #tryExecute} refuses. */
    public void limitOutsideTasks(int limit) {
        outsideLimit = limit;
    }

    /** Whether this life of the node goes on. */
    public boolean isRunning() {
        return running;
    }

    /** The node. */
    public SimulatedNode node() {
        return node;
    }

    void pauseUntil(long nanos) {
        pausedUntilNanos = Math.max(pausedUntilNanos, nanos);
        world.queue().add(nanos - world.nanos(), Event.Place.NODE, this, "end of pause", () -> {
            if (!isPaused()) {
                resume();
            }
        });
    }

    boolean isPaused() {
        return pausedUntilNanos > world.nanos();
    }

    /** Keeps an event that came during a pause. */
    void hold(Event event) {
        held.add(event);
    }

    void resume() {
        pausedUntilNanos = 0;
        held.forEach(event -> world.queue().defer(event, world.nanos()));
        held.clear();
    }

    void stop() {
        running = false;
        pollables = List.of();
        held.clear();
    }

    /** Polls what was added, as production does at each turn. */
    void poll() {
        int work = pollables.isEmpty() ? 0 : 1;
        for (int i = 0; running && work > 0 && i < MAX_POLLS_PER_TURN; i++) {
            work = 0;
            for (Pollable pollable : pollables) {
                work += pollable.poll();
            }
        }
    }

    private void remove(Pollable pollable) {
        List<Pollable> fewer = new ArrayList<>(pollables);
        fewer.remove(pollable);
        pollables = List.copyOf(fewer);
    }

    void requireOnLoop(String what) {
        if (!onLoop()) {
            throw new IllegalStateException(what + " is for the loop of "
                    + node.settings().node() + " only; in a test, wrap the call in SimulatedNode.run(...)");
        }
    }

    private void queueIdleTurn() {
        if (!idleTurnQueued && !pollables.isEmpty()) {
            idleTurnQueued = true;
            world.queue().addBackground(IDLE_TURN_NANOS, this, "idle turn", () -> {
                idleTurnQueued = false;
                queueIdleTurn();
            });
        }
    }
}

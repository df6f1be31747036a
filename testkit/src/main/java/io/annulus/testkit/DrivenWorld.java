package io.annulus.testkit;

import io.annulus.simulator.SimulatedWorld;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A simulated world for threads that know nothing of it. Whoever waits runs it, under its lock; virtual time stands still
 * otherwise. Completions of stages are collected and run outside of the lock, by the same thread, before time goes on, so
 * that code of consumers may wait for other threads, and a test of one thread is deterministic. Any thread.
 */
final class DrivenWorld {

    /** Other threads get the lock at least as often as this of virtual time. */
    private static final long SLICE_NANOS = Duration.ofMillis(100).toNanos();

    /** How far the rescuer goes at a time: far enough for a deadline of seconds to take milliseconds. */
    private static final long RESCUE_NANOS = Duration.ofSeconds(1).toNanos();

    /** As far as its looks take, when it goes on for nothing but limits. */
    private static final long LIMIT_NANOS =
            Duration.ofMillis(2 * Rescuer.LOOK_MILLIS).toNanos();

    /** Longer than four rounds of an update whose every read and write takes the longest deadline of all. */
    private static final Duration MOST_WAIT = Duration.ofHours(2);

    private final SimulatedWorld world;
    private final Rescuer rescuer = new Rescuer(this);
    private final Deque<Runnable> callbacks = new ArrayDeque<>();
    private final Set<Operation<?>> pending = new LinkedHashSet<>();
    private final Set<Object> timers = new LinkedHashSet<>();
    private final Set<Thread> callers = new LinkedHashSet<>();
    private Optional<Throwable> untold = Optional.empty();
    private boolean closed;

    DrivenWorld(SimulatedWorld world) {
        this.world = world;
    }

    /** Does something under the lock, with the world standing still. */
    synchronized void inside(Consumer<SimulatedWorld> action) {
        action.accept(world);
    }

    /** Asks something under the lock. */
    synchronized <T> T ask(Function<SimulatedWorld, T> question) {
        return question.apply(world);
    }

    /** Begins an operation of the calling thread. */
    <T> DrivenStage<T> begin(Operation<T> operation) {
        synchronized (this) {
            noteWork();
            operation.start(world, closed);
            if (!operation.isEnded()) {
                pending.add(operation);
            }
        }
        runCallbacksIfClosed();
        return operation.stage();
    }

    /** An operation is over: its stage is completed before time goes on. */
    synchronized void end(Operation<?> operation, Runnable completion) {
        pending.remove(operation);
        callbacks.add(completion);
    }

    /** Ends what matches, as when the node that carries it out is gone. */
    synchronized void endAll(Predicate<Operation<?>> those, String why) {
        List.copyOf(pending).stream().filter(those).forEach(operation -> operation.cutShort(why));
    }

    /** Runs something outside of the lock before time goes on. */
    void whenDriven(Runnable callback) {
        synchronized (this) {
            noteWork();
            callbacks.add(callback);
        }
        runCallbacksIfClosed();
    }

    /** Runs something at a virtual time from now, as the limit of a stage. Yields what takes it back. */
    synchronized Runnable timer(Duration delay, Runnable action) {
        noteWork();
        Object timer = new Object();
        timers.add(timer);
        world.after(delay, () -> {
            if (timers.remove(timer)) {
                callbacks.add(action);
            }
        });
        return () -> inside(ignored -> timers.remove(timer));
    }

    /** Runs something outside of the lock at a virtual time from now, if time goes on so far. */
    synchronized void plan(Duration delay, Runnable action) {
        world.after(delay, () -> callbacks.add(action));
    }

    /** Runs the world until the condition holds or there is nothing to do. */
    void await(BooleanSupplier condition) {
        if (!drive(orIdle(condition), MOST_WAIT)) {
            throw new IllegalStateException("an operation was not over after " + MOST_WAIT.toHours()
                    + " hours of virtual time, which is an error of the store; seed " + world.seed());
        }
    }

    /** As the other, and at most so long; false when the limit is over first. */
    boolean await(BooleanSupplier condition, Duration limit) {
        if (limit.compareTo(MOST_WAIT) > 0) {
            await(condition);
            return true;
        }
        return drive(orIdle(condition), limit);
    }

    /**
     * Runs the world until the condition holds, or the limit is over.
     *
     * @param condition is asked after each event, under the lock
     */
    boolean drive(BooleanSupplier condition, Duration limit) {
        long end = ask(SimulatedWorld::nanos) + limit.toNanos();
        while (true) {
            runCallbacks();
            synchronized (this) {
                if (!callbacks.isEmpty()) {
                    continue;
                }
                if (condition.getAsBoolean()) {
                    return true;
                }
                if (world.nanos() >= end) {
                    return false;
                }
                try {
                    slice(condition, Math.min(SLICE_NANOS, end - world.nanos()));
                } catch (IllegalStateException e) {
                    // The world is broken: for this thread and for all that wait.
                    failAll(e);
                    throw e;
                }
            }
        }
    }

    /**
     * Runs the world until something was completed: for the rescuer. When only limits are left, another thread is at work on
     * what they are for, and time goes on no faster than for that thread.
     */
    void driveToNextCallback() {
        try {
            synchronized (this) {
                slice(() -> false, isBusy() ? RESCUE_NANOS : LIMIT_NANOS);
            }
            runCallbacks();
        } catch (Throwable e) {
            // Nobody is above in this thread: who waits for an operation is told, else who ends the test.
            synchronized (this) {
                if (!failAll(e)) {
                    untold = Optional.of(e);
                }
            }
            runCallbacks();
        }
    }

    /** Whether anything is under way that needs the world to run, or has a limit. */
    synchronized boolean hasWork() {
        return isBusy() || !timers.isEmpty();
    }

    private boolean isBusy() {
        return !pending.isEmpty() || !callbacks.isEmpty();
    }

    /** Whether all threads that have begun something since there was nothing to do are so. */
    synchronized boolean callersAre(Predicate<Thread> so) {
        return callers.stream().allMatch(so);
    }

    /**
     * Ends all operations; those that begin later fail.
     *
     * @throws IllegalStateException when something failed that nobody was told of
     */
    void close() {
        synchronized (this) {
            closed = true;
            endAll(operation -> true, "the test has ended");
        }
        runCallbacks();
        rescuer.close();
        Optional<Throwable> failure = ask(ignored -> untold);
        if (failure.isPresent()) {
            throw new IllegalStateException("a callback failed when nobody waited for the store", failure.get());
        }
    }

    private BooleanSupplier orIdle(BooleanSupplier condition) {
        return () -> condition.getAsBoolean() || !isBusy();
    }

    private void slice(BooleanSupplier condition, long lengthNanos) {
        world.runUntil(() -> !callbacks.isEmpty() || condition.getAsBoolean(), Duration.ofNanos(lengthNanos));
    }

    /** Whoever waits for an operation is to have it; false when there is none. */
    private boolean failAll(Throwable cause) {
        List<Operation<?>> all = List.copyOf(pending);
        all.forEach(operation -> operation.fail(cause));
        return !all.isEmpty();
    }

    /** One by one: a callback may wait for what a later one completes. */
    private void runCallbacks() {
        for (Runnable next = nextCallback(); next != null; next = nextCallback()) {
            next.run();
        }
    }

    /** When the test has ended nobody drives the world any more. */
    private void runCallbacksIfClosed() {
        if (ask(ignored -> closed)) {
            runCallbacks();
        }
    }

    private synchronized Runnable nextCallback() {
        return callbacks.poll();
    }

    private void noteWork() {
        boolean hadWork = hasWork();
        if (!rescuer.isCurrentThread()) {
            if (!hadWork) {
                callers.clear();
            }
            callers.add(Thread.currentThread());
        }
        if (!hadWork) {
            rescuer.wake();
        }
    }
}

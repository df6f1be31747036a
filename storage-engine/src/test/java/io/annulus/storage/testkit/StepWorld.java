package io.annulus.storage.testkit;

import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.EventLoop;
import io.annulus.api.runtime.Pollable;
import io.annulus.storage.EngineThreads;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executor;

/** The loop and the threads of an engine as queues of tasks, which one thread takes from in an order drawn from a seed. */
public final class StepWorld implements EventLoop {

    private final Random random;
    private final List<Deque<Runnable>> queues = new ArrayList<>();
    private final Deque<Runnable> loop = queue();
    private final List<Runnable> timers = new ArrayList<>();
    private long wallMillis;
    private Deque<Runnable> log = new ArrayDeque<>();

    public StepWorld(Random random) {
        this.random = random;
    }

    /** Threads of an engine; each runs its tasks in order. */
    public EngineThreads threads() {
        log = queue();
        return new EngineThreads(log::add, thread(), thread(), thread(), thread());
    }

    /** Runs what waits for the log thread of the engine made last, and nothing else. */
    public void settleLog() {
        while (!log.isEmpty()) {
            log.remove().run();
        }
    }

    /** Runs some task that waits; false when none does. */
    public boolean step() {
        int ready = 0;
        for (Deque<Runnable> queue : queues) {
            ready += queue.isEmpty() ? 0 : 1;
        }
        if (ready == 0) {
            return false;
        }
        int others = random.nextInt(ready);
        for (Deque<Runnable> queue : queues) {
            if (!queue.isEmpty() && others-- == 0) {
                queue.remove().run();
                break;
            }
        }
        return true;
    }

    /** Runs until no task waits. */
    public void settle() {
        while (step()) {
            // The next one.
        }
    }

    /** What the wall clock shows; any thread. */
    public long wallMillis() {
        return wallMillis;
    }

    /** Sets the wall clock. */
    public void setWallMillis(long millis) {
        wallMillis = millis;
    }

    /** Ends the process: nothing that waits is ever run. */
    public void crash() {
        queues.forEach(Deque::clear);
        timers.clear();
    }

    /** Number of timers that run. */
    public int timers() {
        return timers.size();
    }

    /** Lets all timers run out. */
    public void ring() {
        List<Runnable> due = List.copyOf(timers);
        timers.clear();
        loop.addAll(due);
    }

    @Override
    public boolean tryExecute(Runnable task) {
        return loop.add(task);
    }

    @Override
    public void execute(Runnable task) {
        loop.add(task);
    }

    @Override
    public Cancellable schedule(long delayNanos, Runnable task) {
        timers.add(task);
        return () -> timers.remove(task);
    }

    @Override
    public Cancellable addPollable(Pollable pollable) {
        throw new UnsupportedOperationException("storage polls nothing");
    }

    @Override
    public boolean onLoop() {
        return true;
    }

    private Deque<Runnable> queue() {
        Deque<Runnable> queue = new ArrayDeque<>();
        queues.add(queue);
        return queue;
    }

    private Executor thread() {
        return queue()::add;
    }
}

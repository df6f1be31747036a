package io.annulus.benchmarks.storage;

import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.EventLoop;
import io.annulus.api.runtime.Pollable;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A loop without a thread of its own: whoever hands in a task while nobody is the loop becomes it, and runs all that is queued,
 * the tasks of others too (Hendler et al., "Flat Combining and the Synchronization-Parallelism Tradeoff", 2010). One thread at a
 * time runs tasks, in the order they were handed in, and each sees what the ones before it did. A thread of timers is such a caller
 * too; it comes to be with the first timer. Any thread.
 */
final class CallersLoop implements EventLoop, AutoCloseable {

    private static final String TIMERS_NAME = "annulus-bench-timers";

    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

    /** Who is the loop now; null while nobody is. */
    private final AtomicReference<Thread> holder = new AtomicReference<>();

    private final ScheduledThreadPoolExecutor timers = new ScheduledThreadPoolExecutor(
            1, CallersLoop::timersThread, new ScheduledThreadPoolExecutor.DiscardPolicy());

    CallersLoop() {
        timers.setRemoveOnCancelPolicy(true);
        timers.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public boolean tryExecute(Runnable task) {
        execute(task);
        return true;
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(Objects.requireNonNull(task, "task"));
        Thread self = Thread.currentThread();
        if (holder.get() == self) {
            return;
        }
        // Whoever holds the loop looks at the queue once more after it has let go, so a task added before that is run.
        while (!tasks.isEmpty() && holder.compareAndSet(null, self)) {
            try {
                runAll();
            } finally {
                holder.set(null);
            }
        }
    }

    @Override
    public Cancellable schedule(long delayNanos, Runnable task) {
        Timer timer = new Timer(Objects.requireNonNull(task, "task"));
        if (delayNanos <= 0) {
            execute(timer::fire);
            return timer;
        }
        timer.pending = timers.schedule(() -> execute(timer::fire), delayNanos, TimeUnit.NANOSECONDS);
        return timer;
    }

    @Override
    public Cancellable addPollable(Pollable pollable) {
        throw new UnsupportedOperationException("storage polls nothing");
    }

    @Override
    public boolean onLoop() {
        return holder.get() == Thread.currentThread();
    }

    /** Timers that are not due yet never fire. */
    @Override
    public void close() {
        timers.shutdown();
    }

    private static Thread timersThread(Runnable work) {
        Thread thread = new Thread(work, TIMERS_NAME);
        thread.setDaemon(true);
        return thread;
    }

    private void runAll() {
        for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
            run(task);
        }
    }

    /** A bug in a task is told as one of the thread that happened to run it, and hurts neither that thread nor the other tasks. */
    private static void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable e) {
            Thread self = Thread.currentThread();
            self.getUncaughtExceptionHandler().uncaughtException(self, e);
        }
    }

    /** Of the loop alone, so that what is cancelled there never runs, though it was due. */
    private static final class Timer implements Cancellable {

        private final Runnable task;

        /** Null when there was nothing to wait for. */
        private Future<?> pending;

        private boolean cancelled;

        Timer(Runnable task) {
            this.task = task;
        }

        @Override
        public void cancel() {
            cancelled = true;
            if (pending != null) {
                pending.cancel(false);
            }
        }

        private void fire() {
            if (!cancelled) {
                task.run();
            }
        }
    }
}

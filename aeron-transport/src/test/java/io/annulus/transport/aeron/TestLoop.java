package io.annulus.transport.aeron;

import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.EventLoop;
import io.annulus.api.runtime.Pollable;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A loop with a thread of its own, for tests: polls, runs tasks, waits up to a millisecond for the next task. */
final class TestLoop implements EventLoop, AutoCloseable {

    private final LinkedBlockingQueue<Runnable> tasks = new LinkedBlockingQueue<>();
    private final CopyOnWriteArrayList<Pollable> pollables = new CopyOnWriteArrayList<>();
    private final Thread thread;
    private volatile boolean running = true;
    private volatile Throwable failure;

    TestLoop(String name) {
        thread = new Thread(this::run, "test-loop-" + name);
        thread.start();
    }

    private void run() {
        try {
            while (running) {
                int work = 0;
                for (Pollable pollable : pollables) {
                    work += pollable.poll();
                }
                Runnable task = work > 0 ? tasks.poll() : tasks.poll(1, TimeUnit.MILLISECONDS);
                if (task != null) {
                    task.run();
                }
            }
        } catch (InterruptedException | RuntimeException | Error e) {
            failure = e;
        }
    }

    /** Runs something on the loop and waits for its result. */
    <T> T call(Callable<T> task) throws Exception {
        FutureTask<T> future = new FutureTask<>(task);
        tasks.add(future);
        return future.get(30, TimeUnit.SECONDS);
    }

    @Override
    public boolean tryExecute(Runnable task) {
        return tasks.add(task);
    }

    @Override
    public void execute(Runnable task) {
        tasks.add(task);
    }

    @Override
    public Cancellable schedule(long delayNanos, Runnable task) {
        throw new UnsupportedOperationException("the transport has no timers");
    }

    @Override
    public Cancellable addPollable(Pollable pollable) {
        pollables.add(pollable);
        return () -> pollables.remove(pollable);
    }

    @Override
    public boolean onLoop() {
        return Thread.currentThread() == thread;
    }

    /** Waits for the error that ends the loop. */
    Throwable awaitFailure() throws InterruptedException {
        thread.join(30_000);
        return failure;
    }

    @Override
    public void close() {
        running = false;
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted while the loop stops", e);
        }
        if (failure != null) {
            throw new AssertionError("the loop ended", failure);
        }
    }
}

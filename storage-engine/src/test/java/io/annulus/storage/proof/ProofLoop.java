package io.annulus.storage.proof;

import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.EventLoop;
import io.annulus.api.runtime.Pollable;
import io.annulus.storage.disk.DiskFixture;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** An event loop with timers on a thread of its own. A task that throws breaks it. */
public final class ProofLoop implements EventLoop, AutoCloseable {

    private static final long SECONDS = 600;

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread loop = new Thread(task, "proof-loop");
        loop.setDaemon(true);
        return loop;
    });

    private final CompletableFuture<Void> broken = new CompletableFuture<>();

    public ProofLoop() {
        DiskFixture.openJvm();
    }

    /** Runs a task on the loop and waits for the end that it tells. */
    public <T> T call(Consumer<CompletableFuture<T>> task) {
        CompletableFuture<T> end = new CompletableFuture<>();
        execute(() -> {
            try {
                task.accept(end);
            } catch (RuntimeException | AssertionError e) {
                end.completeExceptionally(e);
            }
        });
        broken.whenComplete((nothing, failure) -> end.completeExceptionally(failure));
        return end.orTimeout(SECONDS, TimeUnit.SECONDS).join();
    }

    /** Fails when a task throws. */
    CompletableFuture<Void> broken() {
        return broken;
    }

    @Override
    public boolean tryExecute(Runnable task) {
        execute(task);
        return true;
    }

    @Override
    public void execute(Runnable task) {
        thread.execute(guarded(task));
    }

    @Override
    public Cancellable schedule(long delayNanos, Runnable task) {
        Future<?> timer = thread.schedule(guarded(task), delayNanos, TimeUnit.NANOSECONDS);
        return () -> timer.cancel(false);
    }

    @Override
    public Cancellable addPollable(Pollable pollable) {
        throw new UnsupportedOperationException("storage polls nothing");
    }

    @Override
    public boolean onLoop() {
        return Thread.currentThread().getName().equals("proof-loop");
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                broken.completeExceptionally(e);
            }
        };
    }
}

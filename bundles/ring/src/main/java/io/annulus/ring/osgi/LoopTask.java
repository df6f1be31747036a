package io.annulus.ring.osgi;

import io.annulus.api.runtime.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Runs a task on the loop and waits for its end, with a limit; for threads of the container, never for the loop. */
final class LoopTask {

    private static final long LIMIT_MILLIS = 10_000;

    private LoopTask() {}

    /** @throws IllegalStateException when it failed, or did not run in time; in that case it may still run later */
    static void run(EventLoop loop, Runnable task) {
        run(loop, task, LIMIT_MILLIS);
    }

    static void run(EventLoop loop, Runnable task, long limitMillis) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                task.run();
                done.complete(null);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            } catch (Error e) {
                done.completeExceptionally(e);
                throw e;
            }
        });
        try {
            done.get(limitMillis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the node's loop", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(reason(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "the node's loop ran no task within " + limitMillis + " ms; it has stopped or is stuck", e);
        }
    }

    private static String reason(Throwable cause) {
        return cause instanceof Error ? cause.toString() : cause.getMessage();
    }
}

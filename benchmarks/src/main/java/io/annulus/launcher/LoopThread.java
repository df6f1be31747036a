package io.annulus.launcher;

import io.annulus.api.runtime.Completion;
import io.annulus.api.runtime.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs tasks on a node's loop and waits for them. Any thread but the loop. */
final class LoopThread {

    private static final int LIMIT_SECONDS = 30;

    private final EventLoop loop;

    LoopThread(EventLoop loop) {
        this.loop = loop;
    }

    <T> T call(Supplier<T> task) {
        CompletableFuture<T> done = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                done.complete(task.get());
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            } catch (Error e) {
                done.completeExceptionally(e);
                throw e;
            }
        });
        return await(done);
    }

    void run(Runnable task) {
        call(() -> {
            task.run();
            return task;
        });
    }

    /** Starts something on the loop and waits for its completion. */
    <T> T await(Consumer<Completion<T>> task) {
        CompletableFuture<T> done = new CompletableFuture<>();
        run(() -> task.accept(Completion.of(done::complete, done::completeExceptionally)));
        return await(done);
    }

    static <T> T await(CompletableFuture<T> done) {
        return await(done, LIMIT_SECONDS, "the node's loop did not answer within " + LIMIT_SECONDS + " s");
    }

    static <T> T await(CompletableFuture<T> done, int seconds, String otherwise) {
        try {
            return done.get(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted: " + otherwise, e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(reason(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(otherwise, e);
        }
    }

    private static String reason(Throwable cause) {
        return cause instanceof Error || cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}

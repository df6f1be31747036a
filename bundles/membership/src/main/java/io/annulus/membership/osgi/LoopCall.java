package io.annulus.membership.osgi;

import io.annulus.api.runtime.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Runs something on the loop and waits for it, with a limit; for threads of the container, never for the loop. */
final class LoopCall {

    private static final long LIMIT_MILLIS = 10_000;

    private LoopCall() {}

    /**
     * Makes a thing on the loop.
     *
     * @param undo what becomes of the thing when it came too late
     * @throws IllegalStateException when it could not be made in time
     */
    static <T> T make(EventLoop loop, Supplier<T> maker, Consumer<? super T> undo) {
        return make(loop, maker, undo, LIMIT_MILLIS);
    }

    static <T> T make(EventLoop loop, Supplier<T> maker, Consumer<? super T> undo, long limitMillis) {
        CompletableFuture<T> made = new CompletableFuture<>();
        // Not as an outside task: a queue full of those must neither keep a component from starting nor from its end.
        loop.execute(() -> {
            try {
                T thing = maker.get();
                if (!made.complete(thing)) {
                    undo.accept(thing);
                }
            } catch (RuntimeException e) {
                made.completeExceptionally(e);
            } catch (Error e) {
                made.completeExceptionally(e);
                throw e;
            }
        });
        try {
            return made.get(limitMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a task of the node's loop failed: " + reason(e.getCause()), e.getCause());
        } catch (TimeoutException e) {
            made.cancel(false);
            throw new IllegalStateException(
                    "the node's loop did not answer within " + limitMillis + " ms; it has stopped or is stuck", e);
        } catch (InterruptedException e) {
            made.cancel(false);
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the node's loop was waited for", e);
        }
    }

    private static String reason(Throwable cause) {
        return cause instanceof Error ? cause.toString() : cause.getMessage();
    }
}

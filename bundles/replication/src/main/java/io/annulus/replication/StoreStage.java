package io.annulus.replication;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * A stage handed to a consumer: completed on the store's executor, and its asynchronous dependants run there too, never in the
 * common pool and never on the event loop. Any thread.
 *
 * @param <T> what it yields
 */
final class StoreStage<T> extends CompletableFuture<T> {

    private final Executor callbacks;

    StoreStage(Executor callbacks) {
        this.callbacks = callbacks;
    }

    @Override
    public Executor defaultExecutor() {
        return callbacks;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new StoreStage<>(callbacks);
    }

    /** Hands over the result, from the event loop. */
    void deliver(T result) {
        callbacks.execute(() -> complete(result));
    }

    /** Hands over a failure, from the event loop. */
    void deliverFailure(Throwable cause) {
        callbacks.execute(() -> completeExceptionally(cause));
    }
}

package io.annulus.api.runtime;

import java.util.Objects;
import java.util.function.Consumer;

/**
 * Receives the end of an asynchronous operation: exactly one of its methods is called, exactly once, on the event loop.
 * The call may come before the method that took the completion has returned.
 *
 * @param <T> what the operation yields
 */
public interface Completion<T> {

    /** The operation was done. */
    void onResult(T result);

    /** The operation failed; the cause says how. */
    void onFailure(Throwable cause);

    /** A completion of two functions. */
    static <T> Completion<T> of(Consumer<? super T> result, Consumer<? super Throwable> failure) {
        Objects.requireNonNull(result, "result");
        Objects.requireNonNull(failure, "failure");
        return new Completion<>() {
            @Override
            public void onResult(T value) {
                result.accept(value);
            }

            @Override
            public void onFailure(Throwable cause) {
                failure.accept(cause);
            }
        };
    }
}

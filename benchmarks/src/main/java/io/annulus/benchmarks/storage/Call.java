package io.annulus.benchmarks.storage;

import io.annulus.api.runtime.Completion;
import java.util.concurrent.locks.LockSupport;

/** One call under way: the thread that made it waits for its end, which comes from the loop. */
final class Call<T> implements Completion<T> {

    private final Thread caller = Thread.currentThread();

    // Written before the flag by the loop, read after it by the caller.
    private T result;
    private Throwable failure;
    private volatile boolean ended;

    @Override
    public void onResult(T value) {
        result = value;
        end();
    }

    @Override
    public void onFailure(Throwable cause) {
        failure = cause;
        end();
    }

    /** Waits for the end, whatever interrupts it; the failure is thrown as it is. */
    T await() {
        boolean interrupted = false;
        while (!ended) {
            // It would keep the thread from parking.
            interrupted |= Thread.interrupted();
            LockSupport.park(this);
        }
        if (interrupted) {
            caller.interrupt();
        }
        if (failure instanceof RuntimeException exception) {
            throw exception;
        }
        if (failure != null) {
            throw new IllegalStateException("the engine failed: " + failure, failure);
        }
        return result;
    }

    private void end() {
        ended = true;
        if (Thread.currentThread() != caller) {
            LockSupport.unpark(caller);
        }
    }
}

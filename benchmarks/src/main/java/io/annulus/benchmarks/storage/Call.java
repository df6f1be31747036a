package io.annulus.benchmarks.storage;

import io.annulus.api.runtime.Completion;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * One call under way: the thread that made it waits for its end, which comes from the loop, and meanwhile does what part of the
 * call needs a thread that may block.
 */
final class Call<T> implements Completion<T> {

    private final Thread caller = Thread.currentThread();

    // Written before the flag by the loop, read after it by the caller.
    private T result;
    private Throwable failure;
    private volatile boolean ended;

    /** Handed over by the loop, taken by the caller: one for each file that the call needs to read. */
    private final Queue<Runnable> work = new ConcurrentLinkedQueue<>();

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
            // An interrupt at a file would close it for all.
            interrupted |= Thread.interrupted();
            Runnable mine = work.poll();
            if (mine != null) {
                mine.run();
            } else {
                LockSupport.park(this);
            }
        }
        // What others were promised before the end was set.
        for (Runnable left = work.poll(); left != null; left = work.poll()) {
            left.run();
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

    /** Lets the caller do something, if it still waits; loop. */
    void hand(Runnable task) {
        if (ended) {
            // Another's work that was asked for by a task which ran after this call had ended.
            task.run();
            return;
        }
        work.add(task);
        wake();
    }

    private void end() {
        ended = true;
        wake();
    }

    private void wake() {
        if (Thread.currentThread() != caller) {
            LockSupport.unpark(caller);
        }
    }
}

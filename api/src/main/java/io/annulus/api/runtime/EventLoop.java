package io.annulus.api.runtime;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The one thread that owns the protocol state of a node. Nothing that runs on it blocks, waits or touches a file. A task
 * that throws is reported by the loop and does not stop it.
 */
@ProviderType
public interface EventLoop {

    /**
     * Queues a task of an outside caller, from any thread.
     *
     * @return false, and the task will never run, when the queue of outside tasks is full or the loop has stopped
     */
    boolean tryExecute(Runnable task);

    /**
     * Queues the completion of work that the loop itself began, from any thread; never refused while the loop runs, since
     * the number of such tasks is bounded by the work that was admitted. Ignored after the loop has stopped.
     */
    void execute(Runnable task);

    /**
     * Runs a task once, after a delay; call it on the loop only.
     *
     * @param delayNanos nanoseconds from now; 0 or less is the loop's next turn
     */
    Cancellable schedule(long delayNanos, Runnable task);

    /** Adds a source of work until it is cancelled; any thread. A poll under way may still end after the cancel. */
    Cancellable addPollable(Pollable pollable);

    /** Whether the calling thread is the loop. */
    boolean onLoop();
}

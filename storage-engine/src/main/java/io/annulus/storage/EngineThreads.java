package io.annulus.storage;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * Where the work that blocks runs. Each but compaction and reads runs its tasks one after the other, in order.
 *
 * @param log writes and syncs the commit log, then the memtables
 * @param store writes memtables out, and owns manifest and log segments
 * @param compaction merges sorted tables, on one thread or more
 * @param system writes the values of the node itself
 * @param reads reads sorted tables
 * @param turns of these and of callers' threads that read
 */
public record EngineThreads(
        Executor log, Executor store, Executor compaction, Executor system, Executor reads, ReadTurns turns) {

    /** Threads that never compete for processors. */
    public EngineThreads(Executor log, Executor store, Executor compaction, Executor system, Executor reads) {
        this(log, store, compaction, system, reads, ReadTurns.unlimited());
    }

    /** Runs a task on a thread, or, if that has ended already, here. */
    static void runThereOrHere(Executor thread, Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            task.run();
        }
    }

    /** Runs a task, unless the thread has ended already: then the engine is closed, and the task has no purpose. */
    static void runUnlessEnded(Executor thread, Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException e) {
            // The thread has ended.
            return;
        }
    }
}

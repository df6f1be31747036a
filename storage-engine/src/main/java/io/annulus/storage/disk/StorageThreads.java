package io.annulus.storage.disk;

import io.annulus.storage.EngineThreads;
import io.annulus.storage.ReadTurns;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of an engine. Their queues are bounded by what the engine admits. */
final class StorageThreads {

    private static final long CLOSE_SECONDS = 60;

    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

    private final ExecutorService log =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new BriskQueue(PROCESSORS), named("kv-log"));
    private final ExecutorService store = Executors.newSingleThreadExecutor(named("kv-store"));
    private final ExecutorService compaction;
    private final ExecutorService system = Executors.newSingleThreadExecutor(named("kv-store-system"));
    private final ExecutorService reads;
    /** In the order in which they end. */
    private final List<ExecutorService> ended;

    /** All threads, with so many for reads and for compaction. */
    StorageThreads(int readThreads, int compactionThreads) {
        this.reads = pool("kv-store-read-", readThreads);
        this.compaction = pool("kv-store-compaction-", compactionThreads);
        this.ended = List.of(log, compaction, store, system, reads);
    }

    EngineThreads engineThreads() {
        ReadTurns turns = new ReadTurns(PROCESSORS, Thread::yield);
        return new EngineThreads(log, store, compaction, system, reads, turns);
    }

    /**
     * Ends the threads, each after what it has to do.
     *
     * @param lastOfLog last task of the log thread
     * @return whether all ended in time
     */
    boolean close(Runnable lastOfLog) {
        log.execute(lastOfLog);
        // Each hands work to those behind it.
        boolean inTime = true;
        for (ExecutorService thread : ended) {
            thread.shutdown();
            inTime &= awaited(thread);
        }
        return inTime;
    }

    private static boolean awaited(ExecutorService thread) {
        try {
            return thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static ExecutorService pool(String name, int threads) {
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(
                threads, task -> named(name + number.incrementAndGet()).newThread(task));
    }

    /** Chronicle looks classes up through the thread's class loader. */
    static ThreadFactory named(String name) {
        return task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            thread.setContextClassLoader(StorageThreads.class.getClassLoader());
            return thread;
        };
    }
}

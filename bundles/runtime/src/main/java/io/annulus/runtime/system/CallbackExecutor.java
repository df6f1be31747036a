package io.annulus.runtime.system;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads {@code kv-callback-n}, on which stages of consumers complete, so that a consumer's code never runs on the loop.
 * The queue has no limit of its own: it holds one task for each operation that ends, and operations in flight are bounded
 * where they are admitted. Any thread.
 *
 * <p>Closing lets waiting tasks run, for five seconds; then the threads are interrupted.
 */
final class CallbackExecutor implements Executor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CallbackExecutor.class);
    private static final long STOP_LIMIT_MILLIS = 5_000;

    private final AtomicInteger started = new AtomicInteger();
    private final List<Thread> created = new CopyOnWriteArrayList<>();
    private final ThreadPoolExecutor threads;

    CallbackExecutor(int count) {
        threads = new ThreadPoolExecutor(count, count, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), this::thread);
    }

    private Thread thread(Runnable work) {
        Thread thread = new Thread(null, work, "kv-callback-" + started.incrementAndGet(), 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(CallbackExecutor.class.getClassLoader());
        created.removeIf(former -> former.getState() == Thread.State.TERMINATED);
        created.add(thread);
        return thread;
    }

    /** Queues a task; what it throws is logged. */
    @Override
    public void execute(Runnable task) {
        threads.execute(() -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                LOG.error("A callback of a consumer failed", e);
            }
        });
    }

    @Override
    public void close() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(STOP_LIMIT_MILLIS, TimeUnit.MILLISECONDS)) {
                int dropped = threads.shutdownNow().size();
                LOG.error(
                        "Callbacks of consumers did not end within {} ms: interrupted, {} dropped",
                        STOP_LIMIT_MILLIS,
                        dropped);
                return;
            }
            // A pool is terminated a moment before its last thread is.
            for (Thread thread : created) {
                if (thread != Thread.currentThread()) {
                    thread.join(STOP_LIMIT_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}

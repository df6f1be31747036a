package io.annulus.benchmarks.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CallersLoopTest {

    private static final int THREADS = 4;
    private static final int TASKS = 20_000;

    private final CallersLoop loop = new CallersLoop();

    /** Guarded by the loop alone: a lost update shows two threads on it at once. */
    private int counted;

    @Test
    void manyThreadsAreOneLoop() throws InterruptedException {
        CountDownLatch ended = new CountDownLatch(THREADS * TASKS);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            threads.add(new Thread(() -> {
                for (int i = 0; i < TASKS; i++) {
                    loop.execute(() -> {
                        counted++;
                        ended.countDown();
                    });
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }

        ended.await();
        assertEquals(THREADS * TASKS, counted);
    }

    @Test
    void aTaskHandedInOnTheLoopRunsAfterTheOneThatHandedItIn() {
        List<String> order = new ArrayList<>();
        loop.execute(() -> {
            loop.execute(() -> order.add("second"));
            assertTrue(loop.onLoop());
            order.add("first");
        });

        assertEquals(List.of("first", "second"), order);
        assertFalse(loop.onLoop());
    }

    @Test
    void aTaskThatThrowsIsToldAndStopsNothing() throws InterruptedException {
        List<String> told = new ArrayList<>();
        Thread caller = new Thread(() -> loop.execute(() -> {
            loop.execute(() -> told.add("the next task ran"));
            throw new IllegalStateException("a bug");
        }));
        caller.setUncaughtExceptionHandler((thread, e) -> told.add(e.getMessage()));

        caller.start();
        caller.join();

        assertEquals(List.of("a bug", "the next task ran"), told);
    }
}

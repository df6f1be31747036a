package io.annulus.benchmarks.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.runtime.Cancellable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallersLoopTest {

    private static final int THREADS = 4;
    private static final int TASKS = 20_000;
    private static final long DELAY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int LIMIT_SECONDS = 30;

    private final CallersLoop loop = new CallersLoop();

    /** Guarded by the loop alone: a lost update shows two threads on it at once. */
    private int counted;

    @AfterEach
    void close() {
        loop.close();
    }

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
    void aTimerFiresOnTheLoopWithoutAnyCall() throws InterruptedException {
        CountDownLatch fired = new CountDownLatch(1);
        long begun = System.nanoTime();
        loop.execute(() -> loop.schedule(DELAY_NANOS, () -> {
            if (loop.onLoop()) {
                fired.countDown();
            }
        }));

        assertTrue(fired.await(LIMIT_SECONDS, TimeUnit.SECONDS));
        assertTrue(System.nanoTime() - begun >= DELAY_NANOS);
    }

    @Test
    void aTimerWithoutDelayRunsInTheNextTurn() {
        List<String> order = new ArrayList<>();
        loop.execute(() -> {
            loop.schedule(0, () -> order.add("second"));
            order.add("first");
        });

        assertEquals(List.of("first", "second"), order);
    }

    @Test
    void aTimerCancelledOnTheLoopNeverFires() throws InterruptedException {
        CountDownLatch later = new CountDownLatch(1);
        loop.execute(() -> {
            Cancellable waiting = loop.schedule(DELAY_NANOS, () -> counted++);
            Cancellable next = loop.schedule(0, () -> counted++);
            Cancellable due = loop.schedule(1, () -> counted++);
            // The last one waits for the loop by now.
            awaitOther(DELAY_NANOS);
            waiting.cancel();
            next.cancel();
            due.cancel();
            loop.schedule(2 * DELAY_NANOS, later::countDown);
        });

        assertTrue(later.await(LIMIT_SECONDS, TimeUnit.SECONDS));
        assertEquals(0, counted);
    }

    @Test
    void aClosedLoopRunsTasksButNoTimers() {
        loop.execute(() -> loop.schedule(DELAY_NANOS, () -> counted++));
        loop.close();
        loop.execute(() -> loop.schedule(1, () -> counted++));
        awaitOther(2 * DELAY_NANOS);

        List<Integer> seen = new ArrayList<>();
        loop.execute(() -> seen.add(counted));
        assertEquals(List.of(0), seen);
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

    /** Lets time pass, on the timer of another loop. */
    private static void awaitOther(long nanos) {
        try (CallersLoop clock = new CallersLoop()) {
            CompletableFuture<Boolean> passed = new CompletableFuture<>();
            clock.execute(() -> clock.schedule(nanos, () -> passed.complete(true)));
            passed.join();
        }
    }
}

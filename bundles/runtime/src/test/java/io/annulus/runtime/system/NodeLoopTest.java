package io.annulus.runtime.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.TimeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** On the real thread; every wait is for the very event. */
@Timeout(60)
class NodeLoopTest {

    private final NodeLoop loop = new NodeLoop(new SystemTime(), 16);

    @BeforeEach
    void start() {
        loop.start();
    }

    @AfterEach
    void stop() {
        loop.close();
    }

    private static void await(CountDownLatch latch) throws InterruptedException {
        assertTrue(latch.await(30, TimeUnit.SECONDS), "it did not happen within 30 s");
    }

    /** Runs a task on the loop and waits for its end. */
    private void onLoop(Runnable task) throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(() -> {
            task.run();
            done.countDown();
        });
        await(done);
    }

    @Test
    void runsEveryTaskOfManyThreadsOnItsOwnThread() throws InterruptedException {
        int threads = 4;
        int each = 20_000;
        CountDownLatch done = new CountDownLatch(threads * each);
        AtomicInteger strange = new AtomicInteger();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> {
                for (int j = 0; j < each; j++) {
                    loop.execute(() -> {
                        if (!loop.onLoop()) {
                            strange.incrementAndGet();
                        }
                        done.countDown();
                    });
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        await(done);

        assertEquals(0, strange.get());
        assertFalse(loop.onLoop());
    }

    @Test
    void tasksOfOneThreadKeepTheirOrder() throws InterruptedException {
        List<Integer> order = new ArrayList<>();
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            int number = i;
            expected.add(number);
            loop.execute(() -> order.add(number));
        }
        onLoop(() -> assertEquals(expected, order));
        onLoop(() -> assertEquals(5_000, order.size()));
    }

    @Test
    void fullQueueRefusesOutsideTasksAndStillTakesCompletions() throws InterruptedException {
        CountDownLatch blocking = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger ran = new AtomicInteger();
        loop.execute(() -> {
            blocking.countDown();
            awaitQuietly(release);
        });
        await(blocking);
        int taken = 0;
        while (loop.tryExecute(ran::incrementAndGet)) {
            taken++;
        }
        for (int i = 0; i < 10_000; i++) {
            loop.execute(ran::incrementAndGet);
        }
        release.countDown();
        // Two turns: completions are taken before outside tasks.
        onLoop(() -> {});
        CountDownLatch last = new CountDownLatch(1);
        while (!loop.tryExecute(last::countDown)) {
            onLoop(() -> {});
        }
        await(last);

        assertEquals(16, taken);
        assertEquals(10_016, ran.get());
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            await(latch);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void floodOfCompletionsStarvesNeitherTimersNorOutsideTasksNorPollables() throws InterruptedException {
        CountDownLatch others = new CountDownLatch(3);
        Runnable[] flood = new Runnable[1];
        flood[0] = () -> {
            if (others.getCount() > 0) {
                loop.execute(flood[0]);
            }
        };
        for (int i = 0; i < 1_000; i++) {
            loop.execute(flood[0]);
        }
        loop.execute(() -> loop.schedule(TimeUnit.MILLISECONDS.toNanos(2), others::countDown));
        assertTrue(loop.tryExecute(others::countDown));
        AtomicInteger polled = new AtomicInteger();
        Cancellable pollable = loop.addPollable(() -> {
            if (polled.incrementAndGet() == 5) {
                others.countDown();
            }
            return 1;
        });

        await(others);
        pollable.cancel();
    }

    @Test
    void timersRunAfterTheirDelayInOrder() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(3);
        List<String> order = new ArrayList<>();
        long begin = System.nanoTime();
        loop.execute(() -> {
            loop.schedule(TimeUnit.MILLISECONDS.toNanos(30), () -> note("c", order, done));
            loop.schedule(TimeUnit.MILLISECONDS.toNanos(10), () -> note("b", order, done));
            loop.schedule(0, () -> note("a", order, done));
            loop.schedule(TimeUnit.MILLISECONDS.toNanos(10), () -> note("never", order, done))
                    .cancel();
        });
        await(done);

        assertTrue(System.nanoTime() - begin >= TimeUnit.MILLISECONDS.toNanos(30));
        assertEquals(List.of("a", "b", "c"), order);
    }

    private static void note(String name, List<String> order, CountDownLatch done) {
        order.add(name);
        done.countDown();
    }

    @Test
    void timerOfAnotherThreadIsRefused() {
        String message = assertThrows(IllegalStateException.class, () -> loop.schedule(0, () -> {}))
                .getMessage();

        assertTrue(message.contains(Thread.currentThread().getName()), message);
    }

    @Test
    void failingTasksTimersAndPollablesDoNotStopTheLoop() throws InterruptedException {
        CountDownLatch polled = new CountDownLatch(3);
        loop.addPollable(() -> {
            polled.countDown();
            throw new IllegalStateException("pollable of a test");
        });
        for (int i = 0; i < 100; i++) {
            loop.execute(() -> {
                throw new IllegalArgumentException("task of a test");
            });
        }
        loop.execute(() -> loop.schedule(0, () -> {
            throw new StackOverflowError("timer of a test");
        }));
        await(polled);
        AtomicInteger ran = new AtomicInteger();
        onLoop(ran::incrementAndGet);

        assertEquals(1, ran.get());
        assertTrue(loop.failure() == null);
    }

    @Test
    void failureOfTheJvmStopsTheLoop() {
        loop.execute(() -> {
            throw new OutOfMemoryError("error of a test");
        });
        while (loop.failure() == null && !Thread.interrupted()) {
            Thread.onSpinWait();
        }
        loop.close();

        assertFalse(loop.tryExecute(() -> {}));
        assertInstanceOf(OutOfMemoryError.class, loop.failure());
    }

    @Test
    void pollableAddedTwiceIsTakenOutOnceACancel() throws InterruptedException {
        AtomicInteger polls = new AtomicInteger();
        Cancellable first = loop.addPollable(() -> {
            polls.incrementAndGet();
            return 0;
        });
        first.cancel();
        first.cancel();
        onLoop(() -> {});
        int before = polls.get();
        onLoop(() -> {});
        onLoop(() -> {});

        assertEquals(before, polls.get());
    }

    /** Its caller waits for what it says, be it that the store is closed. */
    @Test
    void taskThatWasTakenRunsThoughTheLoopIsClosedMeanwhile() throws InterruptedException {
        AtomicInteger ran = new AtomicInteger();
        CountDownLatch closed = new CountDownLatch(1);
        loop.execute(() -> {
            assertTrue(loop.tryExecute(() -> {
                throw new IllegalStateException("of the test");
            }));
            assertTrue(loop.tryExecute(ran::incrementAndGet));
            loop.close();
            closed.countDown();
        });

        await(closed);
        loop.close();

        assertEquals(1, ran.get());
    }

    @Test
    void closedLoopRefusesTasksAndMayBeClosedAgain() {
        loop.close();
        loop.close();
        AtomicInteger ran = new AtomicInteger();

        assertFalse(loop.tryExecute(ran::incrementAndGet));
        loop.execute(ran::incrementAndGet);
        assertEquals(0, ran.get());
    }

    @Test
    void taskOfTheLoopMayCloseIt() throws InterruptedException {
        onLoop(loop::close);

        assertFalse(loop.tryExecute(() -> {}));
    }

    @Test
    void loopAtRestIsWokenAtOnce() throws InterruptedException {
        // Thousands of rounds through the parked state: one lost wake-up in each would take 1 ms each, not fail.
        long begin = System.nanoTime();
        for (int i = 0; i < 2_000; i++) {
            onLoop(() -> {});
        }
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);

        assertTrue(millis < 20_000, () -> "2000 rounds took " + millis + " ms");
    }

    /** As an allocation of the loop itself may, between two tasks. */
    @Test
    @Timeout(10)
    void errorOutsideOfAnyTaskStopsTheLoopForAllToSee() {
        AtomicInteger calls = new AtomicInteger();
        OutOfMemoryError want = new OutOfMemoryError("of the test");
        TimeSource time = new SystemTime();
        NodeLoop broken = new NodeLoop(
                new TimeSource() {
                    @Override
                    public long nanos() {
                        if (calls.incrementAndGet() > 1) {
                            throw want;
                        }
                        return time.nanos();
                    }

                    @Override
                    public long wallMillis() {
                        return time.wallMillis();
                    }
                },
                16);

        broken.start();
        while (broken.failure() == null && !Thread.interrupted()) {
            Thread.onSpinWait();
        }

        assertSame(want, broken.failure());
        assertFalse(broken.tryExecute(() -> {}));
    }
}

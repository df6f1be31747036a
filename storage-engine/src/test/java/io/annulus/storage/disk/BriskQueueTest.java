package io.annulus.storage.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BriskQueueTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void tasksRunInOrderHoweverSoonTheyCome(int processors) throws Exception {
        ThreadPoolExecutor thread = thread(processors);
        List<Integer> done = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            int number = i;
            CompletableFuture<Void> end = CompletableFuture.runAsync(() -> done.add(number), thread);
            if (number % 3 > 0) {
                end.join();
            }
        }
        end(thread);
        assertEquals(IntStream.range(0, 2000).boxed().toList(), done);
    }

    @Test
    void aThreadWithoutTasksParks() throws Exception {
        ThreadPoolExecutor thread = thread(2);
        Thread[] self = new Thread[1];
        for (int i = 0; i < 100; i++) {
            CountDownLatch run = new CountDownLatch(1);
            thread.execute(() -> {
                self[0] = Thread.currentThread();
                run.countDown();
            });
            run.await();
        }
        while (self[0].getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        CompletableFuture.runAsync(() -> {}, thread).join();
        end(thread);
    }

    private static ThreadPoolExecutor thread(int processors) {
        return new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new BriskQueue(processors));
    }

    private static void end(ThreadPoolExecutor thread) throws InterruptedException {
        thread.shutdown();
        assertEquals(true, thread.awaitTermination(1, TimeUnit.MINUTES));
    }
}

package io.annulus.storage.sstable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.ValueSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedLoadsTest {

    private final SharedLoads loads = new SharedLoads();
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicReference<Thread> waiter = new AtomicReference<>();
    private final AtomicInteger reads = new AtomicInteger();

    @AfterEach
    void end() throws InterruptedException {
        threads.shutdownNow();
        assertTrue(threads.awaitTermination(1, TimeUnit.MINUTES));
    }

    @Test
    void aSecondThreadGetsTheBlockOfTheFirst() throws Exception {
        Future<Block> first = threads.submit(() -> loads.load(7, this::slowly));
        begun.await();
        Future<Block> second = threads.submit(() -> {
            waiter.set(Thread.currentThread());
            return loads.load(7, number -> {
                throw new AssertionError("read twice");
            });
        });
        while (waiter.get() == null || waiter.get().getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }
        Block other = loads.load(8, number -> block());
        goOn.countDown();
        assertSame(first.get(), second.get());
        assertNotSame(first.get(), other);
        assertNotSame(first.get(), loads.load(7, number -> block()), "a load that is over was kept");
    }

    @Test
    void aFailureIsThatOfAllWhoWait() throws Exception {
        IllegalStateException failure = new IllegalStateException("of the test");
        IntFunction<Block> failing = number -> {
            slowly(number);
            throw failure;
        };
        Future<Block> first = threads.submit(() -> loads.load(7, failing));
        begun.await();
        Future<Block> second = threads.submit(() -> loads.load(7, failing));
        goOn.countDown();
        for (Future<Block> each : List.of(first, second)) {
            assertSame(
                    failure, assertThrows(ExecutionException.class, each::get).getCause());
        }
    }

    @Test
    void anInterruptedThreadReadsForItself() throws Exception {
        Future<Block> first = threads.submit(() -> loads.load(7, this::slowly));
        begun.await();
        Thread.currentThread().interrupt();
        Block own = loads.load(7, number -> block());
        assertTrue(Thread.interrupted(), "the interrupt was swallowed");
        goOn.countDown();
        assertNotSame(own, first.get());
        assertEquals(1, reads.get());
    }

    private Block slowly(int number) {
        reads.incrementAndGet();
        begun.countDown();
        try {
            goOn.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return block();
    }

    private static Block block() {
        return new Block(BlockTest.bytes(List.of(new EntryKey(new Token(1, 2), new byte[] {3}))), ValueSource.NONE);
    }
}

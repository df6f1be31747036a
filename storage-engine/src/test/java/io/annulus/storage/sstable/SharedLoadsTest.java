package io.annulus.storage.sstable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.ValueSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedLoadsTest {

    private static final EntryKey PLACE = new EntryKey(new Token(1, 2), new byte[] {3});

    private final AtomicReference<IntFunction<Block>> reader = new AtomicReference<>(number -> block());
    private final SharedLoads loads = new SharedLoads(number -> reader.get().apply(number));
    private final ExecutorService threads = Executors.newFixedThreadPool(2);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicReference<Thread> loader = new AtomicReference<>();
    private final AtomicReference<Thread> reading = new AtomicReference<>();
    private final AtomicInteger reads = new AtomicInteger();

    @AfterEach
    void end() throws InterruptedException {
        threads.shutdownNow();
        assertTrue(threads.awaitTermination(1, TimeUnit.MINUTES));
    }

    @Test
    void aSecondThreadGetsTheBlockOfTheFirst() throws Exception {
        reader.set(this::slowly);
        Future<Block> first = threads.submit(() -> load(7));
        begun.await();
        reader.set(number -> {
            if (number == 7) {
                throw new AssertionError("read twice");
            }
            return block();
        });
        Future<Block> second = threads.submit(() -> load(7));
        awaitWaiter();
        Block other = load(8);
        goOn.countDown();
        assertSame(first.get(), second.get());
        assertNotSame(first.get(), other);
        reader.set(number -> block());
        assertNotSame(first.get(), load(7), "a load that is over was kept");
    }

    @Test
    void whoWaitsGetsACopyOfWhatIsLent() throws Exception {
        byte[] plain = bytes();
        byte[] bytes = Arrays.copyOf(plain, BlockTable.roomFor(plain.length));
        reader.set(number -> {
            slowly(number);
            return Block.lent(bytes, plain.length, ValueSource.NONE);
        });
        Future<Block> first = threads.submit(() -> load(7));
        begun.await();
        Future<Block> second = threads.submit(() -> load(7));
        awaitWaiter();
        goOn.countDown();
        first.get();
        Block kept = second.get();
        Arrays.fill(bytes, (byte) 9);
        assertEquals(1, reads.get());
        assertTrue(kept.find(PLACE).isPresent());
    }

    @Test
    void aFailureIsThatOfAllWhoWait() throws Exception {
        IllegalStateException failure = new IllegalStateException("of the test");
        reader.set(number -> {
            slowly(number);
            throw failure;
        });
        Future<Block> first = threads.submit(() -> load(7));
        begun.await();
        Future<Block> second = threads.submit(() -> load(7));
        awaitWaiter();
        goOn.countDown();
        for (Future<Block> each : List.of(first, second)) {
            assertSame(
                    failure, assertThrows(ExecutionException.class, each::get).getCause());
        }
        assertEquals(1, reads.get());
    }

    @Test
    void anInterruptedThreadReadsForItself() throws Exception {
        reader.set(this::slowly);
        Future<Block> first = threads.submit(() -> load(7));
        begun.await();
        reader.set(number -> block());
        Thread.currentThread().interrupt();
        Block own = load(7);
        assertTrue(Thread.interrupted(), "the interrupt was swallowed");
        goOn.countDown();
        assertNotSame(own, first.get());
        assertEquals(1, reads.get());
    }

    private Block load(int number) {
        loader.set(Thread.currentThread());
        return loads.load(number, Function.identity());
    }

    /** Waits for the thread that was the last to ask for a block to wait for it. */
    private void awaitWaiter() {
        Thread last = loader.get();
        while (last == reading.get() || last.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
            last = loader.get();
        }
    }

    private Block slowly(int number) {
        reads.incrementAndGet();
        reading.set(Thread.currentThread());
        begun.countDown();
        try {
            goOn.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return block();
    }

    private static Block block() {
        return BlockTest.block(bytes());
    }

    private static byte[] bytes() {
        return BlockTest.bytes(List.of(PLACE));
    }
}

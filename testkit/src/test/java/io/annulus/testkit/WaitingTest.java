package io.annulus.testkit;

import static io.annulus.testkit.Stages.await;
import static io.annulus.testkit.Stages.bytes;
import static io.annulus.testkit.Stages.failureOf;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.Keyspace;
import io.annulus.api.KeyspaceMode;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.WriteOptions;
import io.annulus.api.WriteResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.api.extension.ExtendWith;

/** Code under test may wait for the store in whatever way it likes. */
@ExtendWith(AnnulusExtension.class)
@Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
class WaitingTest {

    private static final byte[] KEY = bytes("key");
    private static final byte[] VALUE = bytes("value");

    private final ExecutorService pool = Executors.newFixedThreadPool(2);

    @AfterEach
    void stopPool() {
        pool.shutdownNow();
    }

    @Test
    void joinRunsTheWorld(Keyspace keyspace) {
        await(keyspace.put(KEY, VALUE));
        assertArrayEquals(VALUE, await(keyspace.get(KEY)).value().orElseThrow());
    }

    @Test
    void nothingHappensUntilSomebodyWaits(TestCluster cluster, Keyspace keyspace) {
        Duration before = cluster.time();
        CompletableFuture<WriteResult> put = keyspace.put(KEY, VALUE).toCompletableFuture();
        assertFalse(put.isDone());
        assertEquals(before, cluster.time());
        cluster.advance(Duration.ofSeconds(1));
        assertTrue(put.isDone());
        assertEquals(before.plusSeconds(1), cluster.time());
    }

    @Test
    void composedStagesRunTheWorldToo(Keyspace keyspace) {
        CompletionStage<String> text = keyspace.put(KEY, VALUE)
                .thenCompose(written -> keyspace.get(KEY))
                .thenApplyAsync(read -> Stages.text(read.value().orElseThrow()))
                .thenCombine(
                        keyspace.get(bytes("other")),
                        (value, other) -> value + other.values().size());
        assertEquals("value0", await(text));
    }

    @Test
    void anotherThreadMayWait(Keyspace keyspace) throws Exception {
        pool.submit(() -> await(keyspace.put(KEY, VALUE))).get();
        assertArrayEquals(
                VALUE,
                pool.submit(() -> await(keyspace.get(KEY)).value().orElseThrow())
                        .get());
    }

    @Test
    void threadsMayWaitAtOnce(Keyspace keyspace) throws Exception {
        List<Future<WriteResult>> puts = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            byte[] key = bytes("key" + i);
            puts.add(pool.submit(() -> await(keyspace.put(key, VALUE))));
        }
        for (Future<WriteResult> put : puts) {
            assertEquals(1, put.get().siblings());
        }
    }

    @Test
    void futuresOfOtherMakeAreServed(Keyspace keyspace) {
        CompletableFuture<?>[] puts = new CompletableFuture<?>[5];
        for (int i = 0; i < puts.length; i++) {
            puts[i] = keyspace.put(bytes("key" + i), VALUE).toCompletableFuture();
        }
        CompletableFuture.allOf(puts).join();
        CompletableFuture<WriteResult> composed =
                CompletableFuture.supplyAsync(() -> KEY, pool).thenCompose(key -> keyspace.put(key, VALUE));
        assertEquals(1, composed.join().siblings());
    }

    @Test
    void courseIsTheSameWhereTheKitMovesTime() {
        assertEquals(courseOfPutsAtOnce(), courseOfPutsAtOnce());
    }

    private static String courseOfPutsAtOnce() {
        KeyspaceSettings settings = KeyspaceSettings.of("carts", KeyspaceMode.CAUSAL, 3);
        try (TestCluster cluster = TestCluster.start(3, List.of(settings), 1)) {
            cluster.after(Duration.ofMillis(1), () -> cluster.crash(2));
            List<CompletableFuture<WriteResult>> puts = new ArrayList<>();
            for (int i = 1; i <= 3; i++) {
                Keyspace keyspace = cluster.keyspace("carts", i == 2 ? 3 : i);
                puts.add(keyspace.put(KEY, bytes("value" + i), WriteOptions.acks(2))
                        .toCompletableFuture());
            }
            CompletableFuture.allOf(puts.toArray(new CompletableFuture<?>[0])).join();
            return puts.stream()
                            .map(CompletableFuture::join)
                            .map(WriteResult::dot)
                            .toList() + " " + cluster.time();
        }
    }

    @Test
    void latchesAreServed(Keyspace keyspace) throws Exception {
        CountDownLatch written = new CountDownLatch(1);
        keyspace.put(KEY, VALUE).whenComplete((result, failure) -> written.countDown());
        written.await();
        assertEquals(1, await(keyspace.get(KEY)).values().size());
    }

    @Test
    void callbackMayWaitForTheStore(Keyspace keyspace) {
        CompletionStage<Integer> found = keyspace.put(KEY, VALUE)
                .thenApply(written -> await(keyspace.get(KEY)).values().size());
        assertEquals(1, await(found));
    }

    @Test
    void callbackMayWaitForAThreadThatUsesTheStore(Keyspace keyspace) {
        CompletionStage<Integer> found = keyspace.put(KEY, VALUE).thenApply(written -> CompletableFuture.supplyAsync(
                        () -> await(keyspace.get(KEY)).values().size(), pool)
                .join());
        assertEquals(1, await(found));
    }

    @Test
    void stageMayDependOnAnotherThread(Keyspace keyspace) {
        AtomicReference<Thread> ran = new AtomicReference<>();
        CompletionStage<Integer> found = keyspace.put(KEY, VALUE)
                .thenApplyAsync(
                        written -> {
                            ran.set(Thread.currentThread());
                            return written.siblings();
                        },
                        pool);
        assertEquals(1, await(found));
        assertNotSame(Thread.currentThread(), ran.get());
    }

    @Test
    void limitOfGetIsVirtual(TestCluster cluster, Keyspace keyspace) throws Exception {
        cluster.failNext(Fault.WRITE_LOST);
        CompletableFuture<WriteResult> put = keyspace.put(KEY, VALUE).toCompletableFuture();
        Duration before = cluster.time();
        assertThrows(TimeoutException.class, () -> put.get(3, TimeUnit.SECONDS));
        assertEquals(before.plusSeconds(3), cluster.time());
        assertThrows(ExecutionException.class, () -> put.get(3, TimeUnit.SECONDS));
        assertEquals(before.plusSeconds(5), cluster.time());
    }

    @Test
    void limitsOfStagesAreVirtual(TestCluster cluster, Keyspace keyspace) {
        cluster.failNext(Fault.WRITE_LOST, 2);
        Duration before = cluster.time();
        assertInstanceOf(
                TimeoutException.class,
                failureOf(keyspace.put(KEY, VALUE).toCompletableFuture().orTimeout(2, TimeUnit.SECONDS)));
        assertEquals(before.plusSeconds(2), cluster.time());
        assertEquals(
                "late",
                await(keyspace.put(KEY, VALUE)
                        .thenApply(written -> "written")
                        .toCompletableFuture()
                        .completeOnTimeout("late", 1, TimeUnit.SECONDS)));
        assertEquals(before.plusSeconds(3), cluster.time());
    }

    @Test
    void limitDoesNotRunOutWhileAnotherThreadIsAtWork(Keyspace keyspace) {
        Thread waiting = Thread.currentThread();
        CompletionStage<String> found = keyspace.get(KEY)
                .thenApplyAsync(
                        read -> {
                            while (waiting.getState() == Thread.State.RUNNABLE) {
                                Thread.onSpinWait();
                            }
                            return "found";
                        },
                        pool)
                .toCompletableFuture()
                .orTimeout(5, TimeUnit.SECONDS);
        assertEquals("found", await(found));
    }

    @Test
    void limitOfWhatNobodyCompletesIsOverInTheEnd(TestCluster cluster, Keyspace keyspace) {
        CompletionStage<String> never = keyspace.get(KEY)
                .thenCompose(read -> new CompletableFuture<String>())
                .toCompletableFuture()
                .orTimeout(50, TimeUnit.MILLISECONDS);
        Duration before = cluster.time();
        assertInstanceOf(TimeoutException.class, failureOf(never));
        assertEquals(before.plusMillis(50), cluster.time());
    }

    @Test
    void interruptEndsGet(Keyspace keyspace) {
        CompletableFuture<WriteResult> put = keyspace.put(KEY, VALUE).toCompletableFuture();
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, put::get);
        assertEquals(1, put.join().siblings());
    }
}

package io.annulus.runtime.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.runtime.PackageOpener;
import io.annulus.runtime.RuntimeConfig;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SystemRuntimeTest {

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> name.startsWith("kv-"))
                .sorted()
                .toList();
    }

    @Test
    void stagesCompleteOnThreadsOfTheirOwnAndNoThreadIsLeft()
            throws ExecutionException, InterruptedException, TimeoutException {
        SystemRuntime runtime = SystemRuntime.start(new RuntimeConfig(16, 1, 0));
        CompletableFuture<String> name = new CompletableFuture<>();
        runtime.callbacks().execute(() -> {
            throw new IllegalStateException("callback of a test");
        });
        runtime.loop().execute(() -> runtime.callbacks()
                .execute(() -> name.complete(Thread.currentThread().getName())));

        assertEquals("kv-callback-1", name.get(30, TimeUnit.SECONDS));
        assertEquals(List.of("kv-callback-1", "kv-loop"), threads());

        runtime.close();
        runtime.close();
        assertEquals(List.of(), threads());
        assertThrows(RejectedExecutionException.class, () -> runtime.callbacks().execute(() -> {}));
    }

    @Test
    void callbacksThatWaitRunBeforeTheEnd() {
        SystemRuntime runtime = SystemRuntime.start(new RuntimeConfig(16, 1, 0));
        CountDownLatch ran = new CountDownLatch(1_000);
        for (int i = 0; i < 1_000; i++) {
            runtime.callbacks().execute(ran::countDown);
        }
        runtime.close();

        assertEquals(0, ran.getCount());
    }

    @Test
    void randomnessDiffersFromStartToStart() {
        try (SystemRuntime one = SystemRuntime.start(RuntimeConfig.standard());
                SystemRuntime other = SystemRuntime.start(RuntimeConfig.standard())) {
            assertTrue(one.random().nextLong() != other.random().nextLong());
            assertTrue(one.clock().next() > 0);
        }
    }

    // The build opens java.lang to tests, as Karaf does to bundles.
    @Test
    void packagesOfThisJvmCanBeOpened() {
        new PackageOpener(new RunningJvm()).open();

        assertTrue(Object.class.getModule().isOpen("sun.nio.ch", SystemRuntimeTest.class.getModule()));
        assertTrue(new PackageOpener(new RunningJvm()).open().description().startsWith("opened by flags"));
    }
}

package io.annulus.testkit;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.Keyspace;
import io.annulus.api.StoreClosedException;
import io.annulus.simulator.SimulatedWorld;
import io.annulus.testkit.Operation.Request;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

@Timeout(value = 10, threadMode = ThreadMode.SEPARATE_THREAD)
class DrivenWorldTest {

    private final SimulatedWorld simulated = new SimulatedWorld(9);
    private final DrivenWorld world = new DrivenWorld(simulated);

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void brokenWorldIsToldToWhoWaits() {
        DrivenStage<String> stage = begin();
        simulated.after(Duration.ofMillis(3), () -> {
            throw new IllegalArgumentException("planted");
        });
        IllegalStateException failure = assertThrows(IllegalStateException.class, stage::join);
        assertTrue(failure.getMessage().contains("seed 9"), failure::getMessage);
    }

    @Test
    void brokenWorldIsToldToWhoWaitsElsewhere() {
        CompletableFuture<Void> both = CompletableFuture.allOf(begin(), begin());
        simulated.after(Duration.ofMillis(3), () -> {
            throw new IllegalArgumentException("planted");
        });
        CompletionException failure = assertThrows(CompletionException.class, both::join);
        assertInstanceOf(IllegalStateException.class, failure.getCause());
    }

    @Test
    void failureOfAPlanIsToldToWhoWaitsElsewhere() {
        CompletableFuture<Void> both = CompletableFuture.allOf(begin(), begin());
        world.plan(Duration.ofMillis(3), () -> {
            throw new IllegalArgumentException("planted");
        });
        CompletionException failure = assertThrows(CompletionException.class, both::join);
        assertInstanceOf(IllegalArgumentException.class, failure.getCause());
    }

    @Test
    void errorOfAPlanIsToldToWhoWaitsElsewhere() {
        CompletableFuture<Void> both = CompletableFuture.allOf(begin(), begin());
        world.plan(Duration.ofMillis(3), () -> {
            throw new AssertionError("planted");
        });
        CompletionException failure = assertThrows(CompletionException.class, both::join);
        assertInstanceOf(AssertionError.class, failure.getCause());
    }

    @Test
    void operationAfterTheEndFailsAtOnceForWhoWaitsElsewhere() {
        world.close();
        CompletableFuture<Void> late = CompletableFuture.allOf(begin());
        CompletionException failure = assertThrows(CompletionException.class, late::join);
        assertInstanceOf(StoreClosedException.class, failure.getCause());
    }

    @Test
    void failureThatNobodyWaitedForEndsTheTest() {
        DrivenWorld ending = new DrivenWorld(simulated);
        ending.whenDriven(() -> {
            throw new IllegalArgumentException("planted");
        });
        ending.driveToNextCallback();
        IllegalStateException failure = assertThrows(IllegalStateException.class, ending::close);
        assertInstanceOf(IllegalArgumentException.class, failure.getCause());
    }

    @Test
    void operationThatNeverEndsIsAnError() {
        DrivenStage<String> stage = begin();
        IllegalStateException failure = assertThrows(IllegalStateException.class, stage::join);
        assertTrue(failure.getMessage().contains("2 hours of virtual time"), failure::getMessage);
    }

    private DrivenStage<String> begin() {
        Keyspace keyspace = (Keyspace) Proxy.newProxyInstance(
                Keyspace.class.getClassLoader(), new Class<?>[] {Keyspace.class}, (proxy, method, arguments) -> null);
        Request<String> neverAnswered = new Request<>(
                1, true, Duration.ofSeconds(5), () -> Optional.of(keyspace), real -> new CompletableFuture<>());
        return world.begin(new Operation<>(world, neverAnswered, Optional.empty()));
    }
}

package io.annulus.ring.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.runtime.EventLoop;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class LoopTaskTest {

    @Test
    void failureOfTheTaskIsTheReason() {
        assertEquals("of the test", reason(new IllegalStateException("of the test"), Runnable::run));
    }

    /** As a class that is missing gives one; the loop learns of it too. */
    @Test
    void errorOfTheTaskIsTheReason() {
        String reason = reason(
                new NoClassDefFoundError("of the test"), task -> assertThrows(NoClassDefFoundError.class, task::run));

        assertTrue(reason.contains("NoClassDefFoundError: of the test"), reason);
    }

    @Test
    void loopThatRunsNothingIsSaid() {
        String reason = reason(new IllegalStateException("never thrown"), task -> {});

        assertTrue(reason.contains("ran no task within 1 ms"), reason);
    }

    private static String reason(Throwable thrown, Consumer<Runnable> loop) {
        Runnable task = () -> {
            if (thrown instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) thrown;
        };
        return assertThrows(IllegalStateException.class, () -> LoopTask.run(loop(loop), task, 1))
                .getMessage();
    }

    private static EventLoop loop(Consumer<Runnable> execute) {
        return (EventLoop) Proxy.newProxyInstance(
                EventLoop.class.getClassLoader(), new Class<?>[] {EventLoop.class}, (proxy, method, arguments) -> {
                    assertEquals("execute", method.getName());
                    execute.accept((Runnable) arguments[0]);
                    return null;
                });
    }
}

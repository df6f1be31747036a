package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.EventLoop;
import io.annulus.api.runtime.Pollable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Merges against virtual time. */
class CompactionPacingTest {

    private static final long MIB = 1 << 20;
    private static final long SECOND = 1_000_000_000;

    private final Timers loop = new Timers();
    private boolean isPressed;
    private final CompactionPacing pacing = new CompactionPacing(loop, 0, () -> isPressed);
    private long merged;

    @Test
    void withoutABoundNothingWaits() {
        pacing.after(MIB, false, () -> merged += MIB);
        assertEquals(MIB, merged);
        assertEquals(0, loop.now);
    }

    @Test
    void allMergesTogetherKeepTheRate() {
        pacing.setBytesPerSecond(10 * MIB);
        for (int merge = 0; merge < 3; merge++) {
            goOn(false, 40);
        }
        loop.runAll();
        assertEquals(120 * MIB, merged);
        assertEquals(12.0, (double) loop.now / SECOND, 0.2);
    }

    @Test
    void aRateThatIsLiftedCountsFromTheNextStepOn() {
        pacing.setBytesPerSecond(MIB);
        goOn(false, 100);
        loop.runNext();
        pacing.setBytesPerSecond(0);
        loop.runAll();
        assertEquals(100 * MIB, merged);
        assertTrue(loop.now <= 2 * SECOND, () -> "took " + loop.now);
        assertThrows(IllegalArgumentException.class, () -> pacing.setBytesPerSecond(-1));
    }

    @Test
    void whileTheForegroundIsPressedStepsSlowDownAndNeverStop() {
        isPressed = true;
        goOn(false, 64);
        for (int i = 0; i < 32; i++) {
            loop.runNext();
        }
        double perSecond = (double) merged / loop.now * SECOND / MIB;
        assertTrue(perSecond > 15 && perSecond < 25, "MiB/s: " + perSecond);
        isPressed = false;
        long before = loop.now;
        loop.runAll();
        assertEquals(64 * MIB, merged);
        assertTrue(loop.now - before < SECOND / 5, () -> "took " + (loop.now - before) + " to come up again");
    }

    @Test
    void anUrgentMergeIsHeldBackByTheRateAlone() {
        isPressed = true;
        goOn(true, 64);
        loop.runAll();
        assertEquals(0, loop.now);
        pacing.setBytesPerSecond(64 * MIB);
        goOn(true, 64);
        loop.runAll();
        assertEquals(1.0, (double) loop.now / SECOND, 0.05);
    }

    private void goOn(boolean isUrgent, int steps) {
        if (steps > 0) {
            pacing.after(MIB, isUrgent, () -> {
                merged += MIB;
                loop.execute(() -> goOn(isUrgent, steps - 1));
            });
        }
    }

    /** A loop whose time is that of its next timer. */
    private static final class Timers implements EventLoop {

        private record Timer(long at, Runnable task) {}

        private final List<Timer> timers = new ArrayList<>();
        private final List<Runnable> tasks = new ArrayList<>();
        private long now;

        private void runAll() {
            while (!timers.isEmpty() || !tasks.isEmpty()) {
                runNext();
            }
        }

        private void runNext() {
            if (tasks.isEmpty()) {
                Timer next =
                        timers.stream().min((a, b) -> Long.compare(a.at, b.at)).orElseThrow();
                timers.remove(next);
                now = Math.max(now, next.at);
                next.task.run();
            }
            while (!tasks.isEmpty()) {
                tasks.remove(0).run();
            }
        }

        @Override
        public boolean tryExecute(Runnable task) {
            return tasks.add(task);
        }

        @Override
        public void execute(Runnable task) {
            tasks.add(task);
        }

        @Override
        public Cancellable schedule(long delayNanos, Runnable task) {
            Timer timer = new Timer(now + delayNanos, task);
            timers.add(timer);
            return () -> timers.remove(timer);
        }

        @Override
        public Cancellable addPollable(Pollable pollable) {
            throw new UnsupportedOperationException("merges poll nothing");
        }

        @Override
        public boolean onLoop() {
            return true;
        }
    }
}

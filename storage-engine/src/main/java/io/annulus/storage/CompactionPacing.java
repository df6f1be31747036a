package io.annulus.storage;

import io.annulus.api.runtime.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.BooleanSupplier;

/**
 * Lets merges go on step by step: no faster than a rate, and more slowly while writes or reads wait in long queues, or memtables
 * are written out. Owned by the loop; the rate may be set by any thread.
 *
 * <p>One step of all merges is let go after the other, each after the time that the step before it takes at the rate, so that no
 * clock is needed. While the foreground is pressed the pauses double, and afterwards they halve again; a merge that is urgent, since
 * runs pile up, makes none of these. Slowing by what the foreground feels instead of by a fixed rate is from SILK (Balmau et al.,
 * USENIX ATC 2019).
 */
final class CompactionPacing {

    static final long LEAST_PAUSE_NANOS = 1_000_000;

    /** With steps of 1 MiB, merges go on at 16 MiB/s whatever the foreground does. */
    static final long MOST_PAUSE_NANOS = 64_000_000;

    private static final double NANOS_PER_SECOND = 1e9;

    private final EventLoop loop;
    private final BooleanSupplier isPressed;
    private final Deque<Step> waiting = new ArrayDeque<>();
    private boolean isPausing;
    private long pauseNanos;

    /** Set by any thread, read by the loop. */
    private volatile long bytesPerSecond;

    private record Step(long bytes, boolean isUrgent, Runnable next) {}

    CompactionPacing(EventLoop loop, long bytesPerSecond, BooleanSupplier isPressed) {
        this.loop = loop;
        this.bytesPerSecond = bytesPerSecond;
        this.isPressed = isPressed;
    }

    /** Changes the rate; any thread. */
    void setBytesPerSecond(long rate) {
        if (rate < 0) {
            throw new IllegalArgumentException("a compaction rate of " + rate + " bytes is below 0");
        }
        bytesPerSecond = rate;
    }

    /** Runs what comes after a step that took in so many bytes, in time; at most one call for each merge. */
    void after(long bytes, boolean isUrgent, Runnable next) {
        waiting.add(new Step(bytes, isUrgent, next));
        if (!isPausing) {
            letGo();
        }
    }

    private void letGo() {
        isPausing = false;
        while (!waiting.isEmpty()) {
            Step step = waiting.remove();
            long nanos = nanos(step);
            if (nanos > 0) {
                isPausing = true;
                loop.schedule(nanos, () -> {
                    try {
                        step.next.run();
                    } finally {
                        letGo();
                    }
                });
                return;
            }
            step.next.run();
        }
    }

    private long nanos(Step step) {
        boolean slows = !step.isUrgent && isPressed.getAsBoolean();
        pauseNanos = slows ? Math.min(MOST_PAUSE_NANOS, Math.max(LEAST_PAUSE_NANOS, 2 * pauseNanos)) : pauseNanos / 2;
        if (pauseNanos < LEAST_PAUSE_NANOS) {
            pauseNanos = 0;
        }
        long rate = bytesPerSecond;
        long atRate = rate == 0 ? 0 : (long) (step.bytes * NANOS_PER_SECOND / rate);
        return Math.max(atRate, step.isUrgent ? 0 : pauseNanos);
    }
}

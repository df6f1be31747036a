package io.annulus.storage.disk;

import java.util.concurrent.LinkedBlockingQueue;

/**
 * Tasks of one thread that looks for the next one for a short time before it parks, as long as tasks come that soon one after the
 * other: to wake a thread takes as long as half of what a sync takes. An idle thread parks at once.
 */
final class BriskQueue extends LinkedBlockingQueue<Runnable> {

    /** What comes later finds the thread parked; about half of what a sync of a fast disk takes. */
    private static final long SOON_NANOS = 40_000;

    /** So many tasks in a row must have come soon. */
    private static final int SOON_TASKS = 4;

    private static final long serialVersionUID = 1;

    private final long soonNanos;

    // Owned by the thread that takes.
    private int soon;

    /** A queue of a thread that shares so many processors with those that give it tasks. */
    BriskQueue(int processors) {
        soonNanos = processors > 1 ? SOON_NANOS : 0;
    }

    @Override
    public Runnable take() throws InterruptedException {
        Runnable next = poll();
        if (next != null) {
            return next;
        }
        long begun = System.nanoTime();
        if (soon >= SOON_TASKS) {
            do {
                Thread.onSpinWait();
                next = isEmpty() ? null : poll();
            } while (next == null && System.nanoTime() - begun < soonNanos);
        }
        if (next == null) {
            next = super.take();
            soon = System.nanoTime() - begun < soonNanos ? soon + 1 : 0;
        }
        return next;
    }
}

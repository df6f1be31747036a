package io.annulus.storage;

import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.EventLoop;
import java.util.concurrent.atomic.AtomicBoolean;

/** Tries again, after a while, what the machine lacked something for. Any thread asks; the timer is the loop's. */
final class Retries {

    private static final long PAUSE_NANOS = 1_000_000_000;

    private final EventLoop loop;
    private final Runnable retry;

    /** Whether a try is to come; set by who asks, cleared by the loop. */
    private final AtomicBoolean asked = new AtomicBoolean();

    /** Owned by the loop. */
    private Cancellable timer = () -> {};

    private boolean ended;

    /**
     * Retries of one thing.
     *
     * @param retry hands the try to the thread that is to do it; on the loop
     */
    Retries(EventLoop loop, Runnable retry) {
        this.loop = loop;
        this.retry = retry;
    }

    /** Lets it be tried again; asking more than once is the same. */
    void ask() {
        if (asked.compareAndSet(false, true)) {
            loop.execute(this::begin);
        }
    }

    /** No try comes any more; loop. */
    void end() {
        ended = true;
        timer.cancel();
    }

    private void begin() {
        if (!ended) {
            timer = loop.schedule(PAUSE_NANOS, () -> {
                asked.set(false);
                retry.run();
            });
        }
    }
}

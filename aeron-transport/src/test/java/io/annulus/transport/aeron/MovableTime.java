package io.annulus.transport.aeron;

import io.annulus.api.runtime.TimeSource;
import java.util.concurrent.atomic.AtomicLong;

/** Real time that a test can set forward. */
final class MovableTime implements TimeSource {

    private final AtomicLong aheadNanos = new AtomicLong();
    private final AtomicLong wallAheadMillis = new AtomicLong();

    void moveOn(long nanos) {
        aheadNanos.addAndGet(nanos);
    }

    void setWallForward(long millis) {
        wallAheadMillis.addAndGet(millis);
    }

    @Override
    public long nanos() {
        return System.nanoTime() + aheadNanos.get();
    }

    @Override
    public long wallMillis() {
        return System.currentTimeMillis() + wallAheadMillis.get();
    }
}

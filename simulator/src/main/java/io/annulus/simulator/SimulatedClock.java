package io.annulus.simulator;

import io.annulus.api.runtime.HybridClock;
import io.annulus.api.runtime.TimeSource;

/** A plain hybrid logical clock over a {@link TimeSource}. */
final class SimulatedClock implements HybridClock {

    private static final long MAX_AHEAD_MILLIS = 60_000;

    private final TimeSource time;
    private long last;

    SimulatedClock(TimeSource time) {
        this.time = time;
    }

    @Override
    public long next() {
        long wall = time.wallMillis() << 16;
        last = Long.compareUnsigned(wall, last) > 0 ? wall : last + 1;
        return last;
    }

    @Override
    public boolean observe(long timestamp) {
        if (HybridClock.millisOf(timestamp) > time.wallMillis() + MAX_AHEAD_MILLIS) {
            return false;
        }
        if (Long.compareUnsigned(timestamp, last) > 0) {
            last = timestamp;
        }
        return true;
    }
}

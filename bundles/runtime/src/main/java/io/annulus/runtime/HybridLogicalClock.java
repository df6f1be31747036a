package io.annulus.runtime;

import io.annulus.api.runtime.HybridClock;
import io.annulus.api.runtime.TimeSource;
import java.util.Objects;

/**
 * The hybrid logical clock of a node. A counter that overflows carries into the milliseconds, and a wall clock that goes back
 * leaves the timestamps going on from the last one, so they always grow. Owned by the event loop.
 */
public final class HybridLogicalClock implements HybridClock {

    private static final int COUNTER_BITS = 16;
    private static final long MAX_MILLIS = (1L << 48) - 1;

    private final TimeSource time;
    private final long maxAheadMillis;
    private long last;

    /**
     * A clock.
     *
     * @param maxAheadMillis how far ahead of the wall clock an observed timestamp may lie, 0 or more
     */
    public HybridLogicalClock(TimeSource time, long maxAheadMillis) {
        this.time = Objects.requireNonNull(time, "time");
        if (maxAheadMillis < 0) {
            throw new IllegalArgumentException("clock drift limit of " + maxAheadMillis + " ms is below 0");
        }
        this.maxAheadMillis = maxAheadMillis;
    }

    @Override
    public long next() {
        if (last == -1) {
            throw new IllegalStateException(
                    "the hybrid clock is at the end of its 48 bits of milliseconds, so this node can"
                            + " order no more writes; set the clock of this machine and restart the node");
        }
        long wall = wallMillis() << COUNTER_BITS;
        last = Long.compareUnsigned(wall, last) > 0 ? wall : last + 1;
        return last;
    }

    @Override
    public boolean observe(long timestamp) {
        if (HybridClock.millisOf(timestamp) - wallMillis() > maxAheadMillis) {
            return false;
        }
        if (Long.compareUnsigned(timestamp, last) > 0) {
            last = timestamp;
        }
        return true;
    }

    private long wallMillis() {
        return Math.min(Math.max(0, time.wallMillis()), MAX_MILLIS);
    }
}

package io.annulus.transport.aeron;

import io.annulus.api.runtime.TimeSource;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochClock;

/**
 * A wall clock that never jumps, for Aeron's liveness checks: wall time at the start plus monotonic time since. With the
 * real one, an operator who sets the clock forward would make the client believe its driver dead. Any thread.
 */
final class SteadyClock implements EpochClock {

    private final TimeSource time;
    private final long startMillis;
    private final long startNanos;

    SteadyClock(TimeSource time) {
        this.time = time;
        this.startMillis = time.wallMillis();
        this.startNanos = time.nanos();
    }

    @Override
    public long time() {
        return startMillis + TimeUnit.NANOSECONDS.toMillis(time.nanos() - startNanos);
    }
}

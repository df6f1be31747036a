package io.annulus.simulator;

import io.annulus.api.runtime.TimeSource;

/**
 * The clocks as one life of a node reads them. Monotonic time has an origin of its own in every life, so that code which
 * compares it across nodes or lives fails.
 */
final class SimulatedTime implements TimeSource {

    private final NodeClocks clocks;
    private final long originNanos;

    SimulatedTime(NodeClocks clocks, long originNanos) {
        this.clocks = clocks;
        this.originNanos = originNanos;
    }

    @Override
    public long nanos() {
        return originNanos + clocks.nanos();
    }

    @Override
    public long wallMillis() {
        return clocks.wallMillis();
    }
}

package io.annulus.simulator;

import io.annulus.api.runtime.TimeSource;

/**
 * The clocks of one life of a node. Monotonic time has an origin of its own in every life, so that code which compares it
 * across nodes or lives fails; the wall clock is that of the world, moved by the node's skew.
 */
final class SimulatedTime implements TimeSource {

    private final SimulatedWorld world;
    private final SimulatedNode node;
    private final long originNanos;

    SimulatedTime(SimulatedWorld world, SimulatedNode node, long originNanos) {
        this.world = world;
        this.node = node;
        this.originNanos = originNanos;
    }

    @Override
    public long nanos() {
        return originNanos + world.nanos();
    }

    @Override
    public long wallMillis() {
        return SimulatedWorld.START_WALL_MILLIS + world.nanos() / 1_000_000 + node.wallSkewMillis();
    }
}

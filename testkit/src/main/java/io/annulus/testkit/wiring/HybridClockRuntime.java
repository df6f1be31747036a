package io.annulus.testkit.wiring;

import io.annulus.api.runtime.EventLoop;
import io.annulus.api.runtime.HybridClock;
import io.annulus.api.runtime.NodeRuntime;
import io.annulus.api.runtime.RandomSource;
import io.annulus.api.runtime.TimeSource;
import io.annulus.runtime.HybridLogicalClock;
import io.annulus.runtime.RuntimeConfig;
import java.util.concurrent.Executor;

/** One life of a simulated node with production's hybrid clock on its virtual time. Used on the node's loop. */
final class HybridClockRuntime implements NodeRuntime {

    private final EventLoop loop;
    private final TimeSource time;
    private final RandomSource random;
    private final Executor callbacks;
    private final HybridClock clock;

    HybridClockRuntime(NodeRuntime node) {
        loop = node.loop();
        time = node.time();
        random = node.random();
        callbacks = node.callbacks();
        clock = new HybridLogicalClock(time, RuntimeConfig.DEFAULT_CLOCK_DRIFT_LIMIT_MILLIS);
    }

    @Override
    public EventLoop loop() {
        return loop;
    }

    @Override
    public TimeSource time() {
        return time;
    }

    @Override
    public RandomSource random() {
        return random;
    }

    @Override
    public HybridClock clock() {
        return clock;
    }

    @Override
    public Executor callbacks() {
        return callbacks;
    }
}

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
record HybridClockRuntime(EventLoop loop, TimeSource time, RandomSource random, HybridClock clock, Executor callbacks)
        implements NodeRuntime {

    /** The present life of a node. */
    static HybridClockRuntime of(NodeRuntime node) {
        HybridClock clock = new HybridLogicalClock(node.time(), RuntimeConfig.DEFAULT_CLOCK_DRIFT_LIMIT_MILLIS);
        return new HybridClockRuntime(node.loop(), node.time(), node.random(), clock, node.callbacks());
    }
}

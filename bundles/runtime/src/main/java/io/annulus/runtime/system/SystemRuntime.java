package io.annulus.runtime.system;

import io.annulus.api.runtime.EventLoop;
import io.annulus.api.runtime.HybridClock;
import io.annulus.api.runtime.NodeRuntime;
import io.annulus.api.runtime.RandomSource;
import io.annulus.api.runtime.TimeSource;
import io.annulus.runtime.HybridLogicalClock;
import io.annulus.runtime.RuntimeConfig;
import io.annulus.runtime.Xoshiro256;
import java.security.SecureRandom;
import java.util.concurrent.Executor;

/**
 * A running node on the clocks, threads and randomness of the system, in Karaf and in plain Java alike. Its random source and
 * hybrid clock belong to its loop. {@link #close} may be called by any thread but the loop, and more than once.
 */
public final class SystemRuntime implements NodeRuntime, AutoCloseable {

    private final TimeSource time = new SystemTime();
    private final RandomSource random = new Xoshiro256(new SecureRandom().nextLong());
    private final NodeLoop loop;
    private final HybridClock clock;
    private final CallbackExecutor callbacks;

    private SystemRuntime(RuntimeConfig config) {
        loop = new NodeLoop(time, config.queueCapacity());
        clock = new HybridLogicalClock(time, config.clockDriftLimitMillis());
        callbacks = new CallbackExecutor(config.callbackThreads());
    }

    /** Starts a node's loop. */
    public static SystemRuntime start(RuntimeConfig config) {
        SystemRuntime runtime = new SystemRuntime(config);
        runtime.loop.start();
        return runtime;
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

    /** Stops the loop, then lets the callbacks end. */
    @Override
    public void close() {
        loop.close();
        callbacks.close();
    }
}

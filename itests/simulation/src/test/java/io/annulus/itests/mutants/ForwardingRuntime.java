package io.annulus.itests.mutants;

import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.EventLoop;
import io.annulus.api.runtime.HybridClock;
import io.annulus.api.runtime.NodeRuntime;
import io.annulus.api.runtime.Pollable;
import io.annulus.api.runtime.RandomSource;
import io.annulus.api.runtime.TimeSource;
import java.util.concurrent.Executor;

/** A runtime that passes everything on; bugs override what they change. */
abstract class ForwardingRuntime implements NodeRuntime {

    private final NodeRuntime real;

    ForwardingRuntime(NodeRuntime real) {
        this.real = real;
    }

    @Override
    public EventLoop loop() {
        return real.loop();
    }

    @Override
    public final TimeSource time() {
        return real.time();
    }

    @Override
    public final RandomSource random() {
        return real.random();
    }

    @Override
    public HybridClock clock() {
        return real.clock();
    }

    @Override
    public final Executor callbacks() {
        return real.callbacks();
    }

    /** A loop that passes everything on. */
    abstract static class Loop implements EventLoop {

        private final EventLoop real;

        Loop(EventLoop real) {
            this.real = real;
        }

        @Override
        public final boolean tryExecute(Runnable task) {
            return real.tryExecute(task);
        }

        @Override
        public final void execute(Runnable task) {
            real.execute(task);
        }

        @Override
        public Cancellable schedule(long delayNanos, Runnable task) {
            return real.schedule(delayNanos, task);
        }

        @Override
        public final Cancellable addPollable(Pollable pollable) {
            return real.addPollable(pollable);
        }

        @Override
        public final boolean onLoop() {
            return real.onLoop();
        }
    }
}

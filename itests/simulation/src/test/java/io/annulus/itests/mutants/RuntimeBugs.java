package io.annulus.itests.mutants;

import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.EventLoop;
import io.annulus.testkit.wiring.Seams;

/** Bugs of timers. */
final class RuntimeBugs {

    private RuntimeBugs() {}

    /** Timers of a second and more, deadlines among them, never ring. */
    static Seams deadlinesLost() {
        return Wrapped.runtime(real -> new ForwardingRuntime(real) {
            private final EventLoop loop = new ForgetfulLoop(real.loop());

            @Override
            public EventLoop loop() {
                return loop;
            }
        });
    }

    private static final class ForgetfulLoop extends ForwardingRuntime.Loop {

        private static final long LONGEST_NANOS = 1_000_000_000L;

        ForgetfulLoop(EventLoop real) {
            super(real);
        }

        @Override
        public Cancellable schedule(long delayNanos, Runnable task) {
            return delayNanos > LONGEST_NANOS ? () -> {} : super.schedule(delayNanos, task);
        }
    }
}

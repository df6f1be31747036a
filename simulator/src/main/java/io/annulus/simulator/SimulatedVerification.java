package io.annulus.simulator;

import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Job;
import java.util.Optional;

/**
 * A verification that is done as soon as it begins.
 *
 * @param loop where its end is told
 */
record SimulatedVerification(SimulatedLoop loop) implements Job {

    @Override
    public long number() {
        return 1;
    }

    @Override
    public String name() {
        return "verification";
    }

    @Override
    public State state() {
        return State.DONE;
    }

    @Override
    public long done() {
        return 0;
    }

    @Override
    public long total() {
        return 0;
    }

    @Override
    public String unit() {
        return "bytes";
    }

    @Override
    public Optional<Throwable> cause() {
        return Optional.empty();
    }

    @Override
    public void cancel() {
        // It is over.
    }

    @Override
    public void onEnd(Completion<Job> completion) {
        loop.execute(() -> completion.onResult(this));
    }
}

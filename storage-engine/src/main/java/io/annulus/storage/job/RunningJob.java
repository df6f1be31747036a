package io.annulus.storage.job;

import io.annulus.api.runtime.Completion;
import io.annulus.api.runtime.EventLoop;
import io.annulus.api.storage.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A job as the thread that does the work sees it. One thread at a time works and ends it; any thread reads and cancels. All
 * methods after the end do nothing.
 */
public final class RunningJob implements Job {

    private final long number;
    private final String name;
    private final String unit;
    private final EventLoop loop;
    private final Consumer<RunningJob> ended;

    /** The working thread adds, all read. */
    private final AtomicLong done = new AtomicLong();

    /** The working thread sets, all read. */
    private volatile long total;

    /** Set by any thread, read by the working one. */
    private volatile boolean cancelAsked;

    /** The working thread moves it on, any thread adds to those who wait for the end, all read. */
    private final AtomicReference<Phase> phase =
            new AtomicReference<>(new Phase(State.RUNNING, Optional.empty(), List.of()));

    private record Phase(State state, Optional<Throwable> cause, List<Completion<Job>> waiting) {

        /** A state that is not the end. */
        Phase moved(State from, State to) {
            return state == from ? new Phase(to, cause, waiting) : this;
        }

        Phase with(Completion<Job> one) {
            List<Completion<Job>> all = new ArrayList<>(waiting);
            all.add(one);
            return state.isEnd() ? this : new Phase(state, cause, List.copyOf(all));
        }
    }

    RunningJob(long number, String name, long total, String unit, EventLoop loop, Consumer<RunningJob> ended) {
        this.number = number;
        this.name = Objects.requireNonNull(name, "name");
        this.total = total;
        this.unit = Objects.requireNonNull(unit, "unit");
        this.loop = loop;
        this.ended = ended;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public State state() {
        return phase.get().state();
    }

    @Override
    public long done() {
        return done.get();
    }

    @Override
    public long total() {
        return total;
    }

    @Override
    public String unit() {
        return unit;
    }

    @Override
    public Optional<Throwable> cause() {
        return phase.get().cause();
    }

    @Override
    public void cancel() {
        cancelAsked = true;
    }

    @Override
    public void onEnd(Completion<Job> completion) {
        Objects.requireNonNull(completion, "completion");
        if (phase.getAndUpdate(now -> now.with(completion)).state().isEnd()) {
            tell(completion);
        }
    }

    /** Whether somebody asked it to give up; the working thread asks now and then, and then calls {@link #cancelled}. */
    public boolean isCancelAsked() {
        return cancelAsked;
    }

    /** Counts what was done. */
    public void advance(long more) {
        // One thread works at a time, so that a plain read and an ordered write do.
        done.lazySet(done.getPlain() + more);
    }

    /** Tells how much there is to do. */
    public void total(long now) {
        total = now;
    }

    /** It waits for what comes by itself. */
    public void pause() {
        phase.updateAndGet(now -> now.moved(State.RUNNING, State.PAUSED));
    }

    /** It goes on. */
    public void resume() {
        phase.updateAndGet(now -> now.moved(State.PAUSED, State.RUNNING));
    }

    /** It is done. */
    public void succeeded() {
        end(State.DONE, Optional.empty());
    }

    /** It failed. */
    public void failed(Throwable cause) {
        end(State.FAILED, Optional.of(cause));
    }

    /** It was given up. */
    public void cancelled() {
        end(State.CANCELLED, Optional.empty());
    }

    private void end(State state, Optional<Throwable> cause) {
        Phase last = new Phase(state, cause, List.of());
        Phase before = phase.getAndUpdate(now -> now.state().isEnd() ? now : last);
        if (!before.state().isEnd()) {
            ended.accept(this);
            before.waiting().forEach(this::tell);
        }
    }

    private void tell(Completion<Job> completion) {
        Optional<Throwable> cause = cause();
        if (loop.onLoop()) {
            tellNow(completion, cause);
        } else {
            loop.execute(() -> tellNow(completion, cause));
        }
    }

    private void tellNow(Completion<Job> completion, Optional<Throwable> cause) {
        if (cause.isPresent()) {
            completion.onFailure(cause.get());
        } else {
            completion.onResult(this);
        }
    }
}

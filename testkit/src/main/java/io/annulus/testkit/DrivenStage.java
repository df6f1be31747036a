package io.annulus.testkit;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A stage whose waiting methods run the world on the waiting thread until it is complete, and whose time limits are virtual.
 * What is composed on it is of the same kind. When the store has nothing to do, another thread must complete it; then it waits
 * as any future does, and limits take about as long as on a clock. Any thread.
 *
 * @param <T> what it yields
 */
final class DrivenStage<T> extends CompletableFuture<T> {

    private final DrivenWorld world;

    DrivenStage(DrivenWorld world) {
        this.world = world;
    }

    @Override
    public Executor defaultExecutor() {
        return world::whenDriven;
    }

    @Override
    public <U> CompletableFuture<U> newIncompleteFuture() {
        return new DrivenStage<>(world);
    }

    @Override
    public T join() {
        world.await(this::isDone);
        return super.join();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        world.await(this::isDoneOrInterrupted);
        return super.get();
    }

    /** The limit is virtual time, as long as the store has something to do. */
    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        Duration limit = Duration.ofNanos(Math.max(0, unit.toNanos(timeout)));
        boolean limitIsOver = !world.await(this::isDoneOrInterrupted, limit);
        return super.get(limitIsOver ? 0 : timeout, unit);
    }

    @Override
    public CompletableFuture<T> orTimeout(long timeout, TimeUnit unit) {
        return atTimeout(timeout, unit, () -> completeExceptionally(new TimeoutException()));
    }

    @Override
    public CompletableFuture<T> completeOnTimeout(T value, long timeout, TimeUnit unit) {
        return atTimeout(timeout, unit, () -> complete(value));
    }

    private CompletableFuture<T> atTimeout(long timeout, TimeUnit unit, Runnable end) {
        if (!isDone()) {
            Runnable cancel = world.timer(Duration.ofNanos(Math.max(0, unit.toNanos(timeout))), end);
            whenComplete((result, failure) -> cancel.run());
        }
        return this;
    }

    private boolean isDoneOrInterrupted() {
        return isDone() || Thread.currentThread().isInterrupted();
    }
}

package io.annulus.testkit;

import io.annulus.api.AnnulusException;
import io.annulus.api.Keyspace;
import io.annulus.api.OutcomeUnknownException;
import io.annulus.api.Receipt;
import io.annulus.api.StoreClosedException;
import io.annulus.simulator.SimulatedWorld;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * One operation of a consumer on one node, from its call to its end. Under the lock of the world.
 *
 * @param <T> what it yields
 */
final class Operation<T> {

    /**
     * What is asked for.
     *
     * @param node number of the node that is asked
     * @param isWrite whether it may change something
     * @param timeout its deadline
     * @param keyspace the node's keyspace, while it serves
     * @param call asks it
     */
    record Request<T>(
            int node,
            boolean isWrite,
            Duration timeout,
            Supplier<Optional<Keyspace>> keyspace,
            Function<Keyspace, CompletionStage<T>> call) {}

    private final DrivenWorld driven;
    private final Request<T> request;
    private final Optional<Fault> fault;
    private final DrivenStage<T> stage;
    private boolean ended;

    Operation(DrivenWorld driven, Request<T> request, Optional<Fault> fault) {
        this.driven = driven;
        this.request = request;
        this.fault = fault;
        this.stage = new DrivenStage<>(driven);
    }

    void start(SimulatedWorld world, boolean testHasEnded) {
        Optional<Keyspace> keyspace =
                testHasEnded ? Optional.empty() : request.keyspace().get();
        if (keyspace.isEmpty()) {
            String why = testHasEnded
                    ? "the test has ended"
                    : "node " + request.node() + " is down or starting; restart it, or awaitAllUp";
            fail(new StoreClosedException(why, Receipt.none(0)));
        } else if (fault.isPresent() && !fault.get().isApplied()) {
            failByFault(world, fault.get());
        } else {
            long start = world.nanos();
            request.call().apply(keyspace.get()).whenComplete((result, failure) -> {
                Duration left = request.timeout().minusNanos(world.nanos() - start);
                if (failure != null) {
                    fail(failure);
                } else if (fault.isPresent()) {
                    world.after(
                            left.isNegative() ? Duration.ZERO : left,
                            () -> fail(fault.get().exception()));
                } else {
                    succeed(result);
                }
            });
        }
    }

    private void failByFault(SimulatedWorld world, Fault asked) {
        AnnulusException exception = asked.exception();
        if (asked.isTimeout()) {
            world.after(request.timeout(), () -> fail(exception));
        } else {
            fail(exception);
        }
    }

    /** Ends it as a caller finds it that outlives the store which it asked. */
    void cutShort(String why) {
        fail(
                request.isWrite()
                        ? new OutcomeUnknownException(why + " while the write was under way", Receipt.none(0))
                        : new StoreClosedException(why + " while the read was under way", Receipt.none(0)));
    }

    void fail(Throwable failure) {
        if (!ended) {
            ended = true;
            driven.end(this, () -> stage.completeExceptionally(failure));
        }
    }

    private void succeed(T result) {
        if (!ended) {
            ended = true;
            driven.end(this, () -> stage.complete(result));
        }
    }

    boolean isEnded() {
        return ended;
    }

    int node() {
        return request.node();
    }

    DrivenStage<T> stage() {
        return stage;
    }
}

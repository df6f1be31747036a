package io.annulus.replication;

import io.annulus.api.AnnulusException;
import io.annulus.api.Context;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.OverloadedException;
import io.annulus.api.ReadResult;
import io.annulus.api.Receipt;
import io.annulus.api.ReplicaHolding;
import io.annulus.api.StoreClosedException;
import io.annulus.api.WriteResult;
import io.annulus.api.runtime.Completion;
import java.util.List;
import java.util.Optional;

/**
 * Brings operations of consumers onto the event loop, bounded: beyond {@code max.in.flight} they are refused before any effect.
 * Any thread.
 */
final class Operations {

    private final ReplicationCore core;
    private final WriteDispatcher writes;

    Operations(ReplicationCore core) {
        this.core = core;
        this.writes = new WriteDispatcher(core);
    }

    /**
     * Checks a key.
     *
     * @throws IllegalArgumentException when it is empty or too long
     */
    static void checkKey(byte[] key) {
        if (key.length < 1 || key.length > KeyspaceSettings.MAX_KEY_BYTES) {
            throw new IllegalArgumentException(
                    "key of " + key.length + " bytes is not 1 to " + KeyspaceSettings.MAX_KEY_BYTES + " bytes; use a "
                            + (key.length < 1 ? "longer key" : "shorter key, or a hash of it"));
        }
    }

    /**
     * Checks a context.
     *
     * @throws IllegalArgumentException when it is not as it was given out
     */
    void checkContext(byte[] context) {
        core.environment().versioning().verifyContext(context);
    }

    void put(String keyspace, PutRequest request, StoreStage<WriteResult> stage) {
        submit(
                keyspace,
                stage,
                (state, done) -> writes.put(
                        state,
                        request.command(core.environment().runtime().time().wallMillis()),
                        Completion.of(
                                outcome -> done.onResult(new WriteResult(
                                        outcome.dot(),
                                        outcome.siblings(),
                                        Context.of(outcome.context()),
                                        outcome.receipt())),
                                done::onFailure)));
    }

    void get(String keyspace, GetCommand command, StoreStage<ReadResult> stage) {
        submit(keyspace, stage, (state, done) -> {
            Placement placement = Placement.of(core.environment().rings().state(), state.settings(), command.token());
            new GetCoordinator(core, state, placement, command, done).start();
        });
    }

    void endpoints(String keyspace, GetCommand command, StoreStage<List<ReplicaHolding>> stage) {
        submit(keyspace, stage, (state, done) -> {
            Placement placement = Placement.of(core.environment().rings().state(), state.settings(), command.token());
            new HoldingsQuery(core, state, placement, command, done).start();
        });
    }

    /** What runs on the loop. */
    private interface Body<T> {
        void run(KeyspaceState keyspace, Completion<T> done);
    }

    private <T> void submit(String keyspace, StoreStage<T> stage, Body<T> body) {
        boolean accepted = core.environment().loop().tryExecute(() -> start(keyspace, stage, body));
        if (!accepted) {
            stage.deliverFailure(new OverloadedException(
                    "the node's queue of requests is full or the node is stopping; try again later", Receipt.none(0)));
        }
    }

    private <T> void start(String name, StoreStage<T> stage, Body<T> body) {
        Optional<KeyspaceState> keyspace = core.keyspace(name);
        if (keyspace.isEmpty() || core.isClosed()) {
            stage.deliverFailure(new StoreClosedException(
                    "keyspace '" + name + "' is not served here any more; look the service up again", Receipt.none(0)));
            return;
        }
        if (!core.admit()) {
            stage.deliverFailure(new OverloadedException(
                    "the node has " + core.environment().config().maxInFlight()
                            + " operations in flight, as many as max.in.flight in annulus.replication.cfg allows;"
                            + " try again later",
                    Receipt.none(0)));
            return;
        }
        Completion<T> done = Completion.of(
                result -> {
                    core.release();
                    stage.deliver(result);
                },
                cause -> {
                    core.release();
                    stage.deliverFailure(cause);
                });
        try {
            body.run(keyspace.get(), done);
        } catch (AnnulusException e) {
            done.onFailure(e);
        }
    }
}

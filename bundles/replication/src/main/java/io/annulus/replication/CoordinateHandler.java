package io.annulus.replication;

import io.annulus.api.AnnulusException;
import io.annulus.api.CorruptRangeException;
import io.annulus.api.LimitExceededException;
import io.annulus.api.OverloadedException;
import io.annulus.api.Receipt;
import io.annulus.api.UnavailableException;
import io.annulus.api.message.CoordinateReply;
import io.annulus.api.message.CoordinateRequest;
import io.annulus.api.message.WriteOutcome;
import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.runtime.Sender;
import java.util.Optional;

/** Coordinates a write for a node that owns no copy of its key; never forwards it again. Owned by the event loop. */
final class CoordinateHandler {

    /** How many requests are remembered for each that may be in flight. */
    private static final int REMEMBERED = 4;

    private final ReplicationCore core;
    private final SeenRequests seen;

    CoordinateHandler(ReplicationCore core) {
        this.core = core;
        this.seen = new SeenRequests(REMEMBERED * core.environment().config().maxInFlight());
    }

    void onRequest(Sender from, CoordinateRequest request) {
        if (!seen.isFirst(from, request.requestId())) {
            return;
        }
        Completion<PutOutcome> completion =
                Completion.of(outcome -> replyDone(from, request, outcome), cause -> replyFailed(from, request, cause));
        Optional<KeyspaceState> keyspace = core.keyspace(request.keyspace());
        if (keyspace.isEmpty()) {
            reply(
                    from,
                    refusal(
                            request,
                            WriteOutcome.UNAVAILABLE,
                            "node " + core.environment().self() + " has no keyspace '" + request.keyspace()
                                    + "'; give it the same configuration"));
        } else if (!core.admit()) {
            reply(
                    from,
                    refusal(
                            request,
                            WriteOutcome.OVERLOADED,
                            "node " + core.environment().self()
                                    + " has as many operations in flight as max.in.flight allows; try again later"));
        } else {
            coordinate(keyspace.get(), request, releasing(completion));
        }
    }

    private void coordinate(KeyspaceState keyspace, CoordinateRequest request, Completion<PutOutcome> completion) {
        try {
            Token token = Token.of(request.key());
            Placement placement = Placement.of(core.environment().rings().state(), keyspace.settings(), token);
            boolean owner = placement.list().owners().stream().anyMatch(core.environment()::isSelf);
            if (placement.epoch() != request.ringEpoch() || !owner || core.isFenced()) {
                completion.onFailure(new UnavailableException(
                        "node " + core.environment().self() + " does not coordinate this key in its ring of epoch "
                                + placement.epoch() + "; try again",
                        Receipt.none(request.acks())));
                return;
            }
            core.environment().versioning().verifyContext(request.context());
            PutCommand command = new PutCommand(
                    token,
                    request.key(),
                    request.context(),
                    request.value(),
                    request.acks(),
                    request.sloppy(),
                    request.timeoutMillis(),
                    request.expiryMillis());
            new PutCoordinator(core, keyspace, placement, command, completion).start();
        } catch (AnnulusException e) {
            completion.onFailure(e);
        } catch (IllegalArgumentException e) {
            completion.onFailure(new LimitExceededException(e.getMessage(), Receipt.none(request.acks())));
        }
    }

    private Completion<PutOutcome> releasing(Completion<PutOutcome> completion) {
        return Completion.of(
                outcome -> {
                    core.release();
                    completion.onResult(outcome);
                },
                cause -> {
                    core.release();
                    completion.onFailure(cause);
                });
    }

    private void replyDone(Sender from, CoordinateRequest request, PutOutcome outcome) {
        reply(
                from,
                new CoordinateReply(
                        request.requestId(),
                        WriteOutcome.DONE,
                        Optional.of(outcome.dot()),
                        outcome.siblings(),
                        outcome.context(),
                        outcome.receipt(),
                        ""));
    }

    private void replyFailed(Sender from, CoordinateRequest request, Throwable cause) {
        AnnulusException failure = Failures.notApplied(cause, Receipt.none(request.acks()));
        reply(
                from,
                new CoordinateReply(
                        request.requestId(),
                        outcomeOf(failure),
                        Optional.empty(),
                        0,
                        new byte[0],
                        failure.receipt(),
                        failure.getMessage()));
    }

    private static WriteOutcome outcomeOf(AnnulusException failure) {
        if (failure.effect() == AnnulusException.Effect.UNKNOWN) {
            return WriteOutcome.UNKNOWN;
        }
        if (failure instanceof OverloadedException) {
            return WriteOutcome.OVERLOADED;
        }
        if (failure instanceof LimitExceededException) {
            return WriteOutcome.REFUSED;
        }
        return failure instanceof CorruptRangeException ? WriteOutcome.CORRUPT : WriteOutcome.UNAVAILABLE;
    }

    private static CoordinateReply refusal(CoordinateRequest request, WriteOutcome outcome, String explanation) {
        return new CoordinateReply(
                request.requestId(),
                outcome,
                Optional.empty(),
                0,
                new byte[0],
                Receipt.none(request.acks()),
                explanation);
    }

    /** An answer that cannot be sent is a lost one: the node that asked finds its deadline over. */
    private void reply(Sender to, CoordinateReply reply) {
        core.environment().messenger().send(to.endpoint(), reply);
    }
}

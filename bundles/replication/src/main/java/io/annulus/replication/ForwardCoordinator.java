package io.annulus.replication;

import io.annulus.api.AnnulusException;
import io.annulus.api.CorruptRangeException;
import io.annulus.api.LimitExceededException;
import io.annulus.api.OutcomeUnknownException;
import io.annulus.api.OverloadedException;
import io.annulus.api.Receipt;
import io.annulus.api.UnavailableException;
import io.annulus.api.message.CoordinateReply;
import io.annulus.api.message.CoordinateRequest;
import io.annulus.api.message.Message;
import io.annulus.api.ring.RingMember;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.Completion;
import java.util.List;

/**
 * Has a causal write coordinated by an owner of its key, since this node is none: the first healthy one on the preference list
 * is asked, once. Only when the request was certainly not sent is the next one tried. Owned by the event loop.
 */
final class ForwardCoordinator implements Underway {

    private final ReplicationCore core;
    private final KeyspaceState keyspace;
    private final Placement placement;
    private final PutCommand command;
    private final Completion<PutOutcome> completion;
    private Cancellable deadline = () -> {};
    private long requestId;
    private boolean ended;

    ForwardCoordinator(
            ReplicationCore core,
            KeyspaceState keyspace,
            Placement placement,
            PutCommand command,
            Completion<PutOutcome> completion) {
        this.core = core;
        this.keyspace = keyspace;
        this.placement = placement;
        this.command = command;
        this.completion = completion;
    }

    /** Forwards; false, and nothing was done, when no owner can be asked. */
    boolean start() {
        List<RingMember> owners = placement.list().owners();
        for (int index : ReadPlan.order(owners, core.environment())) {
            RingMember owner = owners.get(index);
            if (!core.environment().isSelf(owner) && send(owner)) {
                core.begin(this);
                deadline = core.after(
                        command.timeoutMillis(),
                        () -> giveUp("owner " + owner.node()
                                + " was asked to coordinate the write and did not answer within "
                                + command.timeoutMillis() + " ms"));
                return true;
            }
        }
        return false;
    }

    private boolean send(RingMember owner) {
        requestId = core.requests().register(owner.node(), this::onReply);
        CoordinateRequest request = new CoordinateRequest(
                requestId,
                placement.epoch(),
                keyspace.name(),
                placement.required("W", command.acks(), keyspace.settings().writes()),
                command.sloppy(),
                command.timeoutMillis(),
                command.expiryMillis(),
                command.key(),
                command.context(),
                command.value());
        if (core.environment().messenger().send(core.environment().endpointOf(owner), request)) {
            return true;
        }
        core.requests().forget(requestId);
        return false;
    }

    @Override
    public void abandon() {
        giveUp("this node is stopping, and an owner was asked to coordinate the write");
    }

    private void onReply(Message message) {
        end();
        CoordinateReply reply = (CoordinateReply) message;
        if (reply.dot().isPresent()) {
            completion.onResult(new PutOutcome(reply.dot().get(), reply.siblings(), reply.context(), reply.receipt()));
        } else {
            completion.onFailure(failure(reply));
        }
    }

    private static AnnulusException failure(CoordinateReply reply) {
        Receipt receipt = reply.receipt();
        String text = reply.explanation();
        return switch (reply.outcome()) {
            case DONE, UNKNOWN -> new OutcomeUnknownException(text, receipt);
            case UNAVAILABLE -> new UnavailableException(text, receipt);
            case OVERLOADED -> new OverloadedException(text, receipt);
            case REFUSED -> new LimitExceededException(text, receipt);
            case CORRUPT -> new CorruptRangeException(text, receipt);
        };
    }

    private void giveUp(String why) {
        if (!ended) {
            end();
            completion.onFailure(
                    new OutcomeUnknownException(why + "; read the key, or write again", Receipt.none(command.acks())));
        }
    }

    private void end() {
        ended = true;
        deadline.cancel();
        core.ended(this);
        core.requests().forget(requestId);
    }
}

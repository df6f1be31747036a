package io.annulus.replication;

import io.annulus.api.AnnulusException;
import io.annulus.api.OutcomeUnknownException;
import io.annulus.api.OverloadedException;
import io.annulus.api.Receipt;
import io.annulus.api.ReplicaAnswer.Outcome;
import io.annulus.api.UnavailableException;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.message.Message;
import io.annulus.api.message.WriteReply;
import io.annulus.api.message.WriteRequest;
import io.annulus.api.ring.RingMember;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.StorageFencedException;
import io.annulus.replication.quorum.Verdict;
import io.annulus.replication.quorum.WriteQuorum;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Brings one record to the replicas of its key and waits for W of them. The completion is called once; the operation then
 * lingers until every replica has answered or the deadline is over, and leaves a hint for each owner that is not known to hold
 * the record. Owned by the event loop.
 */
final class WriteOperation implements Underway {

    /** Brings the record into this node's own table, where this node is an owner. */
    interface LocalAppend {
        void append(byte[] record, Completion<Durability> done);
    }

    private final ReplicationCore core;
    private final KeyspaceState keyspace;
    private final Placement placement;
    private final byte[] key;
    private final List<Target> targets;
    private final WriteQuorum quorum;
    private final List<Long> requestIds = new ArrayList<>();
    private byte[] record;
    private Completion<Receipt> completion;
    private Optional<Throwable> localRefusal = Optional.empty();
    private boolean started;
    private boolean sent;
    private boolean answered;
    private boolean finished;
    private boolean uncoveredHinted;
    private Cancellable deadline = () -> {};

    WriteOperation(
            ReplicationCore core, KeyspaceState keyspace, Placement placement, PutCommand command, int required) {
        this.core = core;
        this.keyspace = keyspace;
        this.placement = placement;
        this.key = command.key();
        this.targets = WritePlan.of(placement, command.sloppy(), this::canBeAsked);
        this.quorum = new WriteQuorum(
                required,
                placement.copies(),
                keyspace.overlapReads(placement.copies()),
                targets.stream().map(target -> target.member().node().name()).toList(),
                targets.stream().map(Target::role).toList());
        for (int i = 0; i < targets.size(); i++) {
            if (!targets.get(i).reachable()) {
                quorum.notAsked(i);
            }
        }
    }

    /** Why the write cannot succeed, found before anything is done; empty when it may. */
    Optional<AnnulusException> refusal() {
        if (quorum.verdict() != Verdict.IMPOSSIBLE) {
            return Optional.empty();
        }
        return Optional.of(unavailable());
    }

    /**
     * Starts the write: the local append first, then the messages.
     *
     * @param timeoutMillis how long to wait for W acknowledgements
     * @param append how this node keeps the record as an owner
     * @param result gets the receipt, or an {@link AnnulusException}
     * @return false when this node's storage refused the record before any effect; then nothing was sent, and the completion
     *     has failed
     */
    boolean start(byte[] encoded, long timeoutMillis, LocalAppend append, Completion<Receipt> result) {
        this.record = encoded;
        this.completion = result;
        for (int i = 0; i < targets.size(); i++) {
            if (quorum.isIdle(i) && core.environment().isSelf(targets.get(i).member())) {
                appendLocally(i, append);
            }
        }
        if (localRefusal.isPresent()) {
            answered = true;
            finished = true;
            result.onFailure(refusedHere(localRefusal.get()));
            return false;
        }
        deadline = core.after(timeoutMillis, this::deadlineOver);
        core.begin(this);
        for (int i = 0; i < targets.size(); i++) {
            if (quorum.isIdle(i) && !finished) {
                send(i);
            }
        }
        started = true;
        decide();
        return true;
    }

    /** Gives up what is still awaited, and leaves hints for it; does nothing when the operation has ended. */
    void finish() {
        if (finished) {
            return;
        }
        finished = true;
        deadline.cancel();
        core.ended(this);
        core.lingersNoMore(this);
        for (long requestId : requestIds) {
            core.requests().forget(requestId);
        }
        if (!answered) {
            fail();
        }
        if (quorum.mayBeApplied()) {
            hintUncovered();
            hintUnacknowledged();
        }
    }

    @Override
    public void abandon() {
        finish();
    }

    private boolean canBeAsked(RingMember member) {
        return core.environment().isSelf(member)
                ? !core.isFenced()
                : core.environment().isReachable(member);
    }

    private void appendLocally(int replica, LocalAppend append) {
        Target target = targets.get(replica);
        quorum.asked(replica);
        boolean[] returned = new boolean[1];
        Completion<Durability> done = Completion.of(durability -> acknowledged(replica, durability), cause -> {
            if (returned[0]) {
                failedLocally(replica, cause);
            } else {
                localRefusal = Optional.of(cause);
            }
        });
        if (target.hintFor().isPresent()) {
            core.hints().keep(target.hintFor().get(), keyspace.name(), key, record, done);
        } else {
            append.append(record, done);
        }
        returned[0] = true;
    }

    private void failedLocally(int replica, Throwable cause) {
        if (cause instanceof StorageFencedException) {
            core.logFailed();
        }
        quorum.failed(replica);
        decide();
    }

    private void send(int replica) {
        Target target = targets.get(replica);
        quorum.asked(replica);
        long requestId = core.requests().register(target.member().node(), answer -> onReply(replica, answer));
        requestIds.add(requestId);
        WriteRequest request =
                new WriteRequest(requestId, placement.epoch(), keyspace.name(), target.hintFor(), key, record);
        if (core.environment().messenger().send(core.environment().endpointOf(target.member()), request)) {
            sent = true;
        } else {
            core.requests().forget(requestId);
            quorum.notAsked(replica);
        }
    }

    private void onReply(int replica, Message message) {
        WriteReply reply = (WriteReply) message;
        switch (reply.status()) {
            case DONE, NOT_ADMITTED -> quorum.acknowledged(replica, reply.durability());
            case OVERLOADED, UNKNOWN_KEYSPACE, WRONG_EPOCH, CORRUPT -> quorum.refused(replica);
            case FENCED, FAILED -> quorum.failed(replica);
        }
        decide();
    }

    private void acknowledged(int replica, Durability durability) {
        quorum.acknowledged(replica, durability);
        decide();
    }

    private void decide() {
        if (!started || finished) {
            return;
        }
        Verdict verdict = quorum.verdict();
        if (!answered && verdict == Verdict.REACHED) {
            answered = true;
            hintUncovered();
            completion.onResult(receipt());
        } else if (!answered && verdict == Verdict.IMPOSSIBLE) {
            fail();
        }
        if (answered && !quorum.awaitsAny()) {
            finish();
        } else if (answered) {
            core.linger(this);
        }
    }

    private void deadlineOver() {
        finish();
    }

    /** Not even refusals prove that nothing was applied once a message has left: its second copy may still be taken. */
    private void fail() {
        answered = true;
        if (sent || quorum.mayBeApplied()) {
            completion.onFailure(new OutcomeUnknownException(
                    "W = " + quorum.required() + " and " + quorum.received()
                            + " replicas acknowledged; the others may hold the write yet: read the key, or write again",
                    receipt()));
        } else {
            completion.onFailure(unavailable());
        }
    }

    private AnnulusException refusedHere(Throwable cause) {
        if (cause instanceof StorageFencedException) {
            core.logFailed();
            return new UnavailableException(
                    "this node's commit log has failed: " + cause.getMessage() + "; restart the node", receipt());
        }
        return new OverloadedException(
                "this node's storage refused the write: " + cause.getMessage() + "; try again later", receipt());
    }

    private AnnulusException unavailable() {
        return new UnavailableException(
                "W = " + quorum.required() + " needs as many replicas, and of " + placement.copies()
                        + " owners too few can be asked: " + receipt().summary()
                        + "; start them again, ask for less, or allow stand-ins",
                receipt());
    }

    /** Never before some replica may hold the write: a hint would apply what the caller is told was not applied. */
    private void hintUncovered() {
        if (!uncoveredHinted) {
            uncoveredHinted = true;
            WritePlan.uncovered(targets).forEach(this::hint);
        }
    }

    /** This node too is one that may lack the record: its own log may have refused what it had taken. */
    private void hintUnacknowledged() {
        for (int i = 0; i < targets.size(); i++) {
            Target target = targets.get(i);
            if (target.reachable() && quorum.outcome(i) != Outcome.ACKNOWLEDGED) {
                hint(target.hintFor().orElse(target.member().node()));
            }
        }
    }

    private void hint(NodeId owner) {
        List<RingMember> holders = new ArrayList<>();
        for (int i = targets.size() - 1; i >= 0; i--) {
            if (quorum.outcome(i) == Outcome.ACKNOWLEDGED) {
                holders.add(targets.get(i).member());
            }
        }
        new MissedOwners(core, keyspace.name(), placement.epoch(), key, record).leave(owner, holders);
    }

    private Receipt receipt() {
        return quorum.receipt(placement.epoch());
    }
}

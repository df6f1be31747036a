package io.annulus.replication;

import io.annulus.api.ReplicaAnswer.Role;
import io.annulus.api.ReplicaHolding;
import io.annulus.api.ReplicaHolding.State;
import io.annulus.api.Sibling;
import io.annulus.api.ring.RingMember;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.Completion;
import io.annulus.api.version.RecordView;
import java.util.List;

/** Asks each owner of a key what it holds, believed down or not, and merges nothing. Owned by the event loop. */
final class HoldingsQuery implements Underway {

    private final ReplicationCore core;
    private final List<RingMember> owners;
    private final GetCommand command;
    private final Completion<List<ReplicaHolding>> completion;
    private final ReplicaLink link;
    private final ReplicaHolding[] holdings;
    private int open;
    private boolean done;
    private Cancellable deadline = () -> {};

    HoldingsQuery(
            ReplicationCore core,
            KeyspaceState keyspace,
            Placement placement,
            GetCommand command,
            Completion<List<ReplicaHolding>> completion) {
        this.core = core;
        this.owners = placement.list().owners();
        this.command = command;
        this.completion = completion;
        this.link = new ReplicaLink(core, keyspace, placement, command);
        this.holdings = new ReplicaHolding[owners.size()];
    }

    void start() {
        core.begin(this);
        deadline = core.after(command.timeoutMillis(), this::finish);
        open = owners.size() + 1;
        for (int i = 0; i < owners.size(); i++) {
            int replica = i;
            holdings[i] = holding(i, State.SILENT, List.of(), 0);
            if (!link.read(owners.get(i), false, answer -> onAnswer(replica, answer))) {
                open--;
            }
        }
        oneEnded();
    }

    @Override
    public void abandon() {
        finish();
    }

    private void onAnswer(int replica, Answer answer) {
        if (done) {
            return;
        }
        if (!answer.isDone()) {
            holdings[replica] = holding(replica, State.FAILED, List.of(), 0);
        } else if (answer.record().isEmpty()) {
            holdings[replica] = holding(replica, State.ABSENT, List.of(), 0);
        } else {
            RecordView view =
                    core.environment().versioning().view(answer.record().get());
            List<Sibling> siblings = ReadResults.siblings(
                    view, core.environment().runtime().time().wallMillis());
            State state = siblings.isEmpty() ? State.TOMBSTONE : State.VALUE;
            holdings[replica] = holding(replica, state, siblings, answer.digest());
        }
        oneEnded();
    }

    private ReplicaHolding holding(int replica, State state, List<Sibling> siblings, long digest) {
        RingMember owner = owners.get(replica);
        return new ReplicaHolding(
                owner.node().name(),
                core.environment().endpointOf(owner),
                owner.rack(),
                Role.OWNER,
                state,
                siblings,
                digest);
    }

    private void oneEnded() {
        open--;
        if (open == 0) {
            finish();
        }
    }

    private void finish() {
        if (done) {
            return;
        }
        done = true;
        deadline.cancel();
        core.ended(this);
        link.close();
        completion.onResult(List.of(holdings));
    }
}

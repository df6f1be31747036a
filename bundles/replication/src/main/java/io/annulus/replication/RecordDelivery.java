package io.annulus.replication;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.message.ReplicaStatus;
import io.annulus.api.message.WriteReply;
import io.annulus.api.message.WriteRequest;
import io.annulus.api.runtime.Cancellable;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** One record on its way to one replica, outside of any client's write. Owned by the event loop. */
final class RecordDelivery implements Underway {

    private static final int TIMEOUT_MILLIS = 5_000;

    private final ReplicationCore core;
    private final NodeId replica;
    private final Consumer<Boolean> receiver;
    private long id;
    private boolean ended;
    private Cancellable deadline = () -> {};

    /** {@code receiver} is told once whether the replica holds the record. */
    RecordDelivery(ReplicationCore core, NodeId replica, Consumer<Boolean> receiver) {
        this.core = core;
        this.replica = replica;
        this.receiver = receiver;
    }

    /** Sends it; {@code request} makes the message for a request id. */
    void start(Endpoint endpoint, LongFunction<WriteRequest> request) {
        core.begin(this);
        id = core.requests().register(replica, answer -> end(((WriteReply) answer).status() == ReplicaStatus.DONE));
        if (core.environment().messenger().send(endpoint, request.apply(id))) {
            deadline = core.after(TIMEOUT_MILLIS, this::abandon);
        } else {
            end(false);
        }
    }

    @Override
    public void abandon() {
        end(false);
    }

    private void end(boolean held) {
        if (!ended) {
            ended = true;
            deadline.cancel();
            core.requests().forget(id);
            core.ended(this);
            receiver.accept(held);
        }
    }
}

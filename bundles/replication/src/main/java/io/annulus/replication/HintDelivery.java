package io.annulus.replication;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.MemberStatus;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.message.ReplicaStatus;
import io.annulus.api.message.WriteReply;
import io.annulus.api.message.WriteRequest;
import io.annulus.api.ring.Ring;
import io.annulus.api.runtime.Cancellable;
import io.annulus.replication.hint.HintTransport;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Sends hints to owners as ordinary writes. Owned by the event loop. */
final class HintDelivery implements HintTransport {

    private static final int TIMEOUT_MILLIS = 5_000;

    private final ReplicationCore core;

    HintDelivery(ReplicationCore core) {
        this.core = core;
    }

    @Override
    public boolean isUp(NodeId owner) {
        return core.environment().membership().statusOf(owner) == MemberStatus.UP
                && core.environment().rings().state().ring().isPresent();
    }

    @Override
    public void deliver(NodeId owner, String keyspace, byte[] key, byte[] record, Consumer<Boolean> receiver) {
        Optional<Endpoint> endpoint = core.environment()
                .membership()
                .member(owner)
                .map(view -> view.member().endpoint());
        Optional<Ring> ring = core.environment().rings().state().ring();
        if (endpoint.isEmpty() || ring.isEmpty()) {
            receiver.accept(false);
            return;
        }
        new Delivery(owner, receiver)
                .start(
                        endpoint.get(),
                        id -> new WriteRequest(id, ring.get().epoch(), keyspace, Optional.empty(), key, record));
    }

    /** One hint on its way. */
    private final class Delivery implements Underway {

        private final NodeId owner;
        private final Consumer<Boolean> receiver;
        private long id;
        private boolean ended;
        private Cancellable deadline = () -> {};

        Delivery(NodeId owner, Consumer<Boolean> receiver) {
            this.owner = owner;
            this.receiver = receiver;
        }

        void start(Endpoint endpoint, LongFunction<WriteRequest> request) {
            core.begin(this);
            id = core.requests().register(owner, answer -> end(((WriteReply) answer).status() == ReplicaStatus.DONE));
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
}

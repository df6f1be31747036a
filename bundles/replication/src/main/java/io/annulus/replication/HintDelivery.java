package io.annulus.replication;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.MemberStatus;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.message.WriteRequest;
import io.annulus.api.ring.Ring;
import io.annulus.replication.hint.HintTransport;
import java.util.Optional;
import java.util.function.Consumer;

/** Sends hints to owners as ordinary writes. Owned by the event loop. */
final class HintDelivery implements HintTransport {

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
        new RecordDelivery(core, owner, receiver)
                .start(
                        endpoint.get(),
                        id -> new WriteRequest(id, ring.get().epoch(), keyspace, Optional.empty(), key, record));
    }
}

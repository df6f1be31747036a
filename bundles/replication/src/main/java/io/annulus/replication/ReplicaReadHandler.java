package io.annulus.replication;

import io.annulus.api.message.ReadReply;
import io.annulus.api.message.ReadRequest;
import io.annulus.api.message.ReplicaStatus;
import io.annulus.api.ring.RingState;
import io.annulus.api.ring.RingState.Standing;
import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Sender;
import java.util.Optional;

/** Answers what this node holds of a key. A coordinator with another ring is refused. Owned by the event loop. */
final class ReplicaReadHandler {

    private final ReplicationCore core;

    ReplicaReadHandler(ReplicationCore core) {
        this.core = core;
    }

    void onRequest(Sender from, ReadRequest request) {
        Optional<KeyspaceState> keyspace = core.keyspace(request.keyspace());
        RingState state = core.environment().rings().state();
        boolean sameRing = state.ring().isPresent()
                && state.standing() != Standing.CONFLICT
                && state.ring().get().epoch() == request.ringEpoch();
        if (keyspace.isEmpty()) {
            reply(from, request, Answer.failed(ReplicaStatus.UNKNOWN_KEYSPACE));
        } else if (!sameRing) {
            reply(from, request, Answer.failed(ReplicaStatus.WRONG_EPOCH));
        } else {
            core.localReader()
                    .read(
                            keyspace.get(),
                            Token.of(request.key()),
                            request.key(),
                            request.digestOnly(),
                            answer -> reply(from, request, answer));
        }
    }

    private void reply(Sender to, ReadRequest request, Answer answer) {
        core.environment()
                .messenger()
                .send(
                        to.endpoint(),
                        new ReadReply(
                                request.requestId(),
                                answer.status(),
                                answer.present(),
                                answer.digest(),
                                answer.record()));
    }
}

package io.annulus.replication;

import io.annulus.api.KeyspaceMode;
import io.annulus.api.message.ReplicaStatus;
import io.annulus.api.message.WriteReply;
import io.annulus.api.message.WriteRequest;
import io.annulus.api.ring.RingState;
import io.annulus.api.ring.RingState.Standing;
import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.runtime.Sender;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.StorageFencedException;
import java.util.Optional;

/**
 * Takes a record as an owner, or as a stand-in that keeps a hint; acknowledges once the record is durable and visible. A
 * coordinator with another ring is refused before any effect. Owned by the event loop.
 */
final class ReplicaWriteHandler {

    private final ReplicationCore core;

    ReplicaWriteHandler(ReplicationCore core) {
        this.core = core;
    }

    void onRequest(Sender from, WriteRequest request) {
        Optional<KeyspaceState> keyspace = core.keyspace(request.keyspace());
        Token token = Token.of(request.key());
        Optional<ReplicaStatus> refusal = refusal(keyspace, request, token);
        if (refusal.isPresent()) {
            reply(from, request, refusal.get(), Durability.MEMORY);
            return;
        }
        observe(keyspace.get(), request);
        Completion<Durability> done =
                Completion.of(durability -> reply(from, request, ReplicaStatus.DONE, durability), cause -> {
                    if (cause instanceof StorageFencedException) {
                        core.logFailed();
                    }
                    reply(from, request, statusOf(cause), Durability.MEMORY);
                });
        if (request.hintFor().isPresent()) {
            core.hints().keep(request.hintFor().get(), request.keyspace(), request.key(), request.record(), done);
        } else {
            keyspace.get().table().append(token, request.key(), request.record(), done);
        }
    }

    private Optional<ReplicaStatus> refusal(Optional<KeyspaceState> keyspace, WriteRequest request, Token token) {
        if (keyspace.isEmpty()) {
            return Optional.of(ReplicaStatus.UNKNOWN_KEYSPACE);
        }
        RingState state = core.environment().rings().state();
        boolean sameRing = state.ring().isPresent()
                && state.standing() != Standing.CONFLICT
                && state.ring().get().epoch() == request.ringEpoch();
        if (!sameRing || request.hintFor().isEmpty() && !owns(keyspace.get(), state, token)) {
            return Optional.of(ReplicaStatus.WRONG_EPOCH);
        }
        return core.isSound(request.record()) ? Optional.empty() : Optional.of(ReplicaStatus.CORRUPT);
    }

    /** Where the later timestamp wins, what this node coordinates next must come after what it holds. */
    private void observe(KeyspaceState keyspace, WriteRequest request) {
        if (keyspace.settings().mode() == KeyspaceMode.LAST_WRITE_WINS) {
            Environment environment = core.environment();
            environment
                    .runtime()
                    .clock()
                    .observe(environment.versioning().view(request.record()).timestamp());
        }
    }

    private boolean owns(KeyspaceState keyspace, RingState state, Token token) {
        return Placement.of(state, keyspace.settings(), token).list().owners().stream()
                .anyMatch(core.environment()::isSelf);
    }

    private static ReplicaStatus statusOf(Throwable cause) {
        return cause instanceof StorageFencedException ? ReplicaStatus.FENCED : LocalReader.statusOf(cause);
    }

    private void reply(Sender to, WriteRequest request, ReplicaStatus status, Durability durability) {
        core.environment().messenger().send(to.endpoint(), new WriteReply(request.requestId(), status, durability));
    }
}

package io.annulus.replication;

import io.annulus.api.message.Message;
import io.annulus.api.message.ReadReply;
import io.annulus.api.message.ReadRequest;
import io.annulus.api.message.ReplicaStatus;
import io.annulus.api.message.WriteReply;
import io.annulus.api.message.WriteRequest;
import io.annulus.api.ring.RingMember;
import io.annulus.api.runtime.Completion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks the replicas of one key, this node or others, on behalf of one operation; after {@link #close()} no answer arrives.
 * Owned by the event loop.
 */
final class ReplicaLink {

    private final ReplicationCore core;
    private final KeyspaceState keyspace;
    private final Placement placement;
    private final GetCommand command;
    private final List<Long> requests = new ArrayList<>();
    private boolean closed;

    ReplicaLink(ReplicationCore core, KeyspaceState keyspace, Placement placement, GetCommand command) {
        this.core = core;
        this.keyspace = keyspace;
        this.placement = placement;
        this.command = command;
    }

    /** Reads at a replica. False, and no answer comes, when the request was certainly not sent. */
    boolean read(RingMember replica, boolean digestOnly, Consumer<Answer> receiver) {
        Consumer<Answer> guarded = answer -> {
            if (!closed) {
                receiver.accept(checked(answer));
            }
        };
        if (core.environment().isSelf(replica)) {
            core.localReader().read(keyspace, command.token(), command.key(), digestOnly, guarded);
            return true;
        }
        long id = register(replica, answer -> guarded.accept(Answer.of((ReadReply) answer)));
        return sent(replica, id, new ReadRequest(id, placement.epoch(), keyspace.name(), digestOnly, command.key()));
    }

    /** Writes a joined record back to a replica. False, and no answer comes, when it was certainly not sent. */
    boolean writeBack(RingMember replica, byte[] record, Consumer<Boolean> receiver) {
        Consumer<Boolean> guarded = held -> {
            if (!closed) {
                receiver.accept(held);
            }
        };
        if (core.environment().isSelf(replica)) {
            keyspace.table()
                    .append(
                            command.token(),
                            command.key(),
                            record,
                            Completion.of(durability -> guarded.accept(true), cause -> guarded.accept(false)));
            return true;
        }
        long id = register(replica, answer -> guarded.accept(((WriteReply) answer).status() == ReplicaStatus.DONE));
        return sent(
                replica,
                id,
                new WriteRequest(id, placement.epoch(), keyspace.name(), Optional.empty(), command.key(), record));
    }

    /** A link of the same operation that outlives it. */
    ReplicaLink fresh() {
        return new ReplicaLink(core, keyspace, placement, command);
    }

    /** Forgets what is on its way. */
    void close() {
        closed = true;
        requests.forEach(core.requests()::forget);
        requests.clear();
    }

    private Answer checked(Answer answer) {
        if (answer.record().isEmpty() || !answer.isDone()) {
            return answer;
        }
        byte[] record = answer.record().get();
        if (!core.isSound(record)) {
            return Answer.failed(ReplicaStatus.CORRUPT);
        }
        return new Answer(answer.status(), true, core.environment().versioning().digest(record), answer.record());
    }

    private long register(RingMember replica, Consumer<Message> receiver) {
        long id = core.requests().register(replica.node(), receiver);
        requests.add(id);
        return id;
    }

    private boolean sent(RingMember replica, long id, Message request) {
        if (core.environment().messenger().send(core.environment().endpointOf(replica), request)) {
            return true;
        }
        core.requests().forget(id);
        return false;
    }
}

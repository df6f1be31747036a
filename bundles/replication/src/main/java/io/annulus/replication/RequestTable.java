package io.annulus.replication;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.message.Message;
import io.annulus.api.runtime.Sender;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Requests on their way, by number. Numbers begin at a random one, so that an answer to a request of an earlier life of this
 * node meets nobody; an answer counts only from the node that was asked. Owned by the event loop; bounded by the operations
 * that are admitted.
 */
final class RequestTable {

    private record Pending(NodeId asked, Consumer<Message> receiver) {}

    private final Map<Long, Pending> pending = new HashMap<>();
    private long next;

    RequestTable(long first) {
        this.next = first;
    }

    /** Enters a request; the receiver is called at most once. */
    long register(NodeId asked, Consumer<Message> receiver) {
        long id = next++;
        pending.put(id, new Pending(asked, receiver));
        return id;
    }

    /** Forgets a request; an answer that comes later is dropped. */
    void forget(long requestId) {
        pending.remove(requestId);
    }

    /** Hands an answer to whoever asked. */
    void answer(Sender from, long requestId, Message answer) {
        Pending request = pending.get(requestId);
        if (request != null && request.asked().equals(from.node())) {
            pending.remove(requestId);
            request.receiver().accept(answer);
        }
    }

    int size() {
        return pending.size();
    }
}

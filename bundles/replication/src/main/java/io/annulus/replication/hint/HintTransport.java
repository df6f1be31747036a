package io.annulus.replication.hint;

import io.annulus.api.cluster.NodeId;
import java.util.function.Consumer;

/** Brings hints to their owners, on behalf of {@link HintReplayer}. Called on the event loop. */
public interface HintTransport {

    /** Whether an owner can be reached now. */
    boolean isUp(NodeId owner);

    /**
     * Sends a record to an owner.
     *
     * @param receiver told once whether the owner holds it now; told false when it did not answer in time
     */
    void deliver(NodeId owner, String keyspace, byte[] key, byte[] record, Consumer<Boolean> receiver);
}

package io.annulus.replication;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.message.WriteRequest;
import io.annulus.api.ring.RingMember;
import io.annulus.api.runtime.Completion;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Leaves hints for the owners that a write has missed: here, or, where this node cannot keep one, at a replica that holds the
 * record. Without the latter an acknowledged write could lie with a stand-in alone for as long as the owner for which that took
 * it is gone, though the other owners are up. Owned by the event loop.
 */
final class MissedOwners {

    private final ReplicationCore core;
    private final String keyspace;
    private final long epoch;
    private final byte[] key;
    private final byte[] record;

    MissedOwners(ReplicationCore core, String keyspace, long epoch, byte[] key, byte[] record) {
        this.core = core;
        this.keyspace = keyspace;
        this.epoch = epoch;
        this.key = key;
        this.record = record;
    }

    /** Leaves a hint for an owner; {@code holders} are replicas that hold the record, the first ones rather. */
    void leave(NodeId owner, List<RingMember> holders) {
        if (owner.equals(core.environment().self())) {
            leaveElsewhere(owner, holders.iterator());
        } else {
            core.hints()
                    .keep(
                            owner,
                            keyspace,
                            key,
                            record,
                            Completion.of(durability -> {}, cause -> leaveElsewhere(owner, holders.iterator())));
        }
    }

    private void leaveElsewhere(NodeId owner, Iterator<RingMember> holders) {
        if (core.isClosed() || !holders.hasNext()) {
            core.hints().noneKept();
            return;
        }
        RingMember holder = holders.next();
        if (holder.node().equals(owner) || core.environment().isSelf(holder)) {
            leaveElsewhere(owner, holders);
            return;
        }
        new RecordDelivery(core, holder.node(), held -> {
                    if (!held) {
                        leaveElsewhere(owner, holders);
                    }
                })
                .start(
                        core.environment().endpointOf(holder),
                        id -> new WriteRequest(id, epoch, keyspace, Optional.of(owner), key, record));
    }
}

package io.annulus.replication.quorum;

import io.annulus.api.Guarantee;
import io.annulus.api.ReplicaAnswer.Outcome;
import io.annulus.api.ReplicaAnswer.Role;
import io.annulus.api.storage.Durability;
import java.util.List;

/**
 * Counts the acknowledgements of one write. Acknowledgements of stand-ins satisfy availability, and never count toward an
 * overlap (riak_kv issue 485 shows what happens otherwise). Owned by the event loop.
 */
public final class WriteQuorum extends Quorum {

    private final int overlapReads;

    /**
     * A counter.
     *
     * @param required W
     * @param copies N in effect
     * @param overlapReads R of the reads that an OVERLAP write must meet; 0 when it can rely on none
     * @param nodes names of the replicas
     * @param roles their roles, in the same order
     */
    public WriteQuorum(int required, int copies, int overlapReads, List<String> nodes, List<Role> roles) {
        super(required, copies, nodes, roles);
        this.overlapReads = overlapReads;
    }

    /** A replica acknowledged. */
    public void acknowledged(int replica, Durability durability) {
        settle(replica, Outcome.ACKNOWLEDGED, durability.name());
    }

    @Override
    public int received() {
        return count(Role.OWNER, Outcome.ACKNOWLEDGED) + count(Role.STAND_IN, Outcome.ACKNOWLEDGED);
    }

    /** Whether some replica may hold the write: it acknowledged, or its answer is awaited or unknown. */
    public boolean mayBeApplied() {
        for (int i = 0; i < size(); i++) {
            if (outcome(i) == Outcome.ACKNOWLEDGED || outcome(i) == Outcome.UNKNOWN) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Guarantee guarantee() {
        int owners = count(Role.OWNER, Outcome.ACKNOWLEDGED);
        if (owners + overlapReads > copies() && owners >= required()) {
            return Guarantee.OVERLAP;
        }
        return count(Role.STAND_IN, Outcome.ACKNOWLEDGED) > 0 ? Guarantee.SLOPPY : Guarantee.EVENTUAL;
    }
}

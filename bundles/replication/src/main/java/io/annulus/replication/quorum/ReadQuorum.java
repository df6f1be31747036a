package io.annulus.replication.quorum;

import io.annulus.api.Guarantee;
import io.annulus.api.ReplicaAnswer.Outcome;
import io.annulus.api.ReplicaAnswer.Role;
import java.util.Collections;
import java.util.List;

/**
 * Counts the answers to one read; only owners are asked. The answer of a replica that is not admitted (it may have lost what
 * it acknowledged) is joined and counts for nothing. Owned by the event loop.
 */
public final class ReadQuorum extends Quorum {

    private final int overlapWrites;
    private boolean atomic;

    /**
     * A counter.
     *
     * @param required R
     * @param copies N in effect
     * @param overlapWrites W of the writes that an OVERLAP read must meet; 0 when it can rely on none
     * @param nodes names of the owners
     */
    public ReadQuorum(int required, int copies, int overlapWrites, List<String> nodes) {
        super(required, copies, nodes, Collections.nCopies(nodes.size(), Role.OWNER));
        this.overlapWrites = overlapWrites;
    }

    /** A replica answered. */
    public void answered(int replica, boolean admitted) {
        settle(replica, admitted ? Outcome.ACKNOWLEDGED : Outcome.NOT_ADMITTED, "");
    }

    /** What is returned is held by a majority of the owners. */
    public void writtenBack() {
        atomic = true;
    }

    @Override
    public int received() {
        return count(Role.OWNER, Outcome.ACKNOWLEDGED);
    }

    @Override
    public Guarantee guarantee() {
        boolean overlap = received() >= required() && received() + overlapWrites > copies();
        if (!overlap) {
            return Guarantee.EVENTUAL;
        }
        return atomic ? Guarantee.ATOMIC : Guarantee.OVERLAP;
    }
}

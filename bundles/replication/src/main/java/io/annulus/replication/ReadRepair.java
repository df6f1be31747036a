package io.annulus.replication;

import io.annulus.api.ring.RingMember;
import io.annulus.api.runtime.Cancellable;

/** Brings what a read found to a replica that is behind, after the read was answered. Owned by the event loop. */
final class ReadRepair implements Underway {

    private final ReplicationCore core;
    private final ReplicaLink link;
    private boolean ended;
    private Cancellable deadline = () -> {};

    private ReadRepair(ReplicationCore core, ReplicaLink link) {
        this.core = core;
        this.link = link;
    }

    /** Starts a repair; where too many are under way it is left to a later read. */
    static void start(ReplicationCore core, ReplicaLink link, RingMember replica, byte[] record, int timeoutMillis) {
        if (!core.admitRepair()) {
            core.repairFailed();
            return;
        }
        ReadRepair repair = new ReadRepair(core, link);
        core.begin(repair);
        repair.deadline = core.after(timeoutMillis, () -> repair.end(false));
        if (!link.writeBack(replica, record, repair::end)) {
            repair.end(false);
        }
    }

    @Override
    public void abandon() {
        end(false);
    }

    private void end(boolean held) {
        if (ended) {
            return;
        }
        ended = true;
        deadline.cancel();
        link.close();
        core.ended(this);
        core.releaseRepair();
        if (!held) {
            core.repairFailed();
        }
    }
}

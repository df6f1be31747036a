package io.annulus.replication;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.ring.RingMember;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Chooses whom a write goes to: all owners, and for each owner that is believed down the next reachable stand-in. */
final class WritePlan {

    private WritePlan() {}

    /**
     * The targets of a write, owners first.
     *
     * @param sloppy whether stand-ins may take it
     */
    static List<Target> of(Placement placement, boolean sloppy, Predicate<RingMember> reachable) {
        List<Target> targets = new ArrayList<>();
        List<NodeId> down = new ArrayList<>();
        for (RingMember owner : placement.list().owners()) {
            boolean up = reachable.test(owner);
            targets.add(new Target(owner, Optional.empty(), up));
            if (!up) {
                down.add(owner.node());
            }
        }
        if (sloppy && !down.isEmpty()) {
            Iterator<RingMember> standIns =
                    placement.list().standIns().stream().filter(reachable).iterator();
            for (NodeId owner : down) {
                if (!standIns.hasNext()) {
                    break;
                }
                targets.add(new Target(standIns.next(), Optional.of(owner), true));
            }
        }
        return targets;
    }

    /** Owners for whom no stand-in takes the write. */
    static List<NodeId> uncovered(List<Target> targets) {
        List<NodeId> covered =
                targets.stream().flatMap(target -> target.hintFor().stream()).toList();
        return targets.stream()
                .filter(target -> target.hintFor().isEmpty() && !target.reachable())
                .map(target -> target.member().node())
                .filter(owner -> !covered.contains(owner))
                .toList();
    }
}

package io.annulus.itests.mutants;

import io.annulus.api.cluster.MemberStatus;
import io.annulus.api.cluster.Membership;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.ring.PreferenceList;
import io.annulus.api.ring.Ring;
import io.annulus.api.ring.RingMember;
import io.annulus.api.ring.RingState;
import io.annulus.api.ring.RingState.Standing;
import io.annulus.api.ring.Token;
import io.annulus.testkit.wiring.Seams;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Bugs in the view of who is there and who owns what. */
final class ClusterBugs {

    private ClusterBugs() {}

    /** The first node places keys by an older ring, in which it and others owned what is elsewhere by now, and nobody notices. */
    static Seams staleRing() {
        return Wrapped.rings((node, real) -> {
            NodeId self = node.settings().node();
            boolean stale = node.world().nodes().indexOf(node) <= 0;
            return stale ? ForwardingRing.service(real, state -> withOlderRing(self, state)) : real;
        });
    }

    /** A node that lost its disk goes on as an owner that holds what it acknowledged. */
    static Seams amnesiacCounted() {
        return Wrapped.rings((node, real) -> ForwardingRing.service(
                real,
                state -> state.standing() == Standing.AMNESIAC
                        ? new RingState(state.ring(), Standing.OWNER, state.explanation())
                        : state));
    }

    /** A node that was once believed dead stays so. */
    static Seams neverUpAgain() {
        return Wrapped.membership(NeverUpAgain::new);
    }

    private static RingState withOlderRing(NodeId self, RingState state) {
        return new RingState(
                state.ring().map(ring -> new OlderRing(self, ring)), state.standing(), state.explanation());
    }

    private static final class OlderRing extends ForwardingRing {

        private final NodeId self;

        OlderRing(NodeId self, Ring real) {
            super(real);
            this.self = self;
        }

        @Override
        public PreferenceList preferenceList(Token token, int copies) {
            PreferenceList now = super.preferenceList(token, copies);
            if (now.owners().stream().anyMatch(owner -> owner.node().equals(self))) {
                return now;
            }
            List<RingMember> others = new ArrayList<>(now.standIns());
            RingMember own = others.stream()
                    .filter(member -> member.node().equals(self))
                    .findFirst()
                    .orElseThrow();
            others.remove(own);
            List<RingMember> owners = new ArrayList<>(List.of(now.owners().get(0), own));
            owners.addAll(others);
            int cut = Math.min(copies, owners.size());
            return new PreferenceList(owners.subList(0, cut), owners.subList(cut, owners.size()));
        }
    }

    private static final class NeverUpAgain extends ForwardingMembership {

        private final Set<NodeId> dead = new HashSet<>();

        NeverUpAgain(Membership real) {
            super(real);
        }

        @Override
        public MemberStatus statusOf(NodeId node) {
            MemberStatus now = super.statusOf(node);
            if (now == MemberStatus.DOWN && member(node).isPresent()) {
                dead.add(node);
            }
            return dead.contains(node) ? MemberStatus.DOWN : now;
        }
    }
}

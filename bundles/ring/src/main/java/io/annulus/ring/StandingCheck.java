package io.annulus.ring;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.Member;
import io.annulus.api.cluster.MemberStatus;
import io.annulus.api.cluster.MemberView;
import io.annulus.api.cluster.NodeSettings;
import io.annulus.api.ring.RingMember;
import io.annulus.api.ring.RingState;
import io.annulus.api.ring.RingState.Standing;
import java.util.List;
import java.util.Optional;

/** Tells a node's standing in its ring, and what the operator should know about it. Pure. */
final class StandingCheck {

    private final NodeSettings settings;
    private final long storeId;

    StandingCheck(NodeSettings settings, long storeId) {
        this.settings = settings;
        this.storeId = storeId;
    }

    RingState judge(EvenRing ring, List<MemberView> views) {
        Optional<Member> rival = views.stream()
                .filter(view -> view.status() != MemberStatus.DOWN)
                .map(MemberView::member)
                .filter(member -> !member.node().equals(settings.node()))
                .filter(member -> member.ringEpoch() == ring.epoch() && member.ringHash() != ring.hash())
                .findFirst();
        if (rival.isPresent()) {
            return state(ring, Standing.CONFLICT, conflict(ring, rival.get()));
        }
        Optional<RingMember> own = ring.members().stream()
                .filter(member -> member.node().equals(settings.node()))
                .findFirst();
        if (own.isEmpty()) {
            return state(ring, Standing.CLIENT, "This node is not a member of " + ring + "." + sameEndpoint(ring));
        }
        if (own.get().storeId() != storeId) {
            return state(ring, Standing.AMNESIAC, amnesiac(ring, own.get()));
        }
        if (own.get().weight() == 0) {
            return state(ring, Standing.CLIENT, "This node has weight 0 in " + ring + " and owns nothing.");
        }
        return state(ring, Standing.OWNER, "This node owns its share of " + ring + "." + differences(ring, own.get()));
    }

    private static RingState state(EvenRing ring, Standing standing, String explanation) {
        return new RingState(Optional.of(ring), standing, explanation);
    }

    private String conflict(EvenRing ring, Member rival) {
        return "Node " + rival.node() + " at " + rival.endpoint() + " uses ring " + rival.ringEpoch() + "/"
                + Long.toHexString(rival.ringHash()) + " and this node, " + settings.node() + ", uses " + ring
                + ": two clusters meet. Correct the seeds so that they do not, or stop the nodes of one and start them on"
                + " empty data directories.";
    }

    private String amnesiac(EvenRing ring, RingMember own) {
        return "The ring (" + ring + ") knows this node by data directory " + Long.toHexString(own.storeId())
                + ", but it runs on " + Long.toHexString(storeId)
                + ": what it acknowledged before is not here. Bring the"
                + " former directory back, or leave it so: it takes writes, and its reads count for nothing. If it is the"
                + " former directory, copied to another place, and no newer state of it exists, stop the node, create the"
                + " empty file 'latest' in it, and start the node.";
    }

    private String sameEndpoint(EvenRing ring) {
        return ring.members().stream()
                .filter(member -> member.endpoint().equals(settings.endpoint()))
                .findFirst()
                .map(member -> " The ring knows " + member.node() + " at its address " + settings.endpoint()
                        + "; was the node renamed?")
                .orElse("");
    }

    private String differences(EvenRing ring, RingMember own) {
        StringBuilder text = new StringBuilder();
        if (!own.endpoint().equals(settings.endpoint())) {
            text.append(" Others look for it at ").append(own.endpoint()).append(", not at ");
            text.append(settings.endpoint()).append("; set that address again.");
        }
        List<Endpoint> members =
                ring.members().stream().map(RingMember::endpoint).sorted().toList();
        List<Endpoint> founders =
                settings.founders().stream().distinct().sorted().toList();
        if (!members.equals(founders)) {
            text.append(" Its seeds ")
                    .append(founders)
                    .append(" differ from the members ")
                    .append(members);
            text.append(" of the ring, which holds.");
        }
        if (own.weight() != settings.weight() || !own.rack().equals(settings.rack())) {
            text.append(" Its weight ")
                    .append(settings.weight())
                    .append(" and rack ")
                    .append(settings.rack());
            text.append(" differ from weight ")
                    .append(own.weight())
                    .append(" and rack ")
                    .append(own.rack());
            text.append(" in the ring, which hold.");
        }
        return text.toString();
    }
}

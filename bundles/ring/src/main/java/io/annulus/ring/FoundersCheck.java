package io.annulus.ring;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.Member;
import io.annulus.api.cluster.MemberStatus;
import io.annulus.api.cluster.MemberView;
import io.annulus.api.ring.RingMember;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides whether a first ring may be formed. The founder of the least endpoint forms it, alone, so that two founders that
 * have heard different states of a third cannot form two rings. It does so when every other founder is up, has said in its
 * present life that it has no ring, and has said so at least {@link #FRESH_HEARTBEATS} heartbeats after this node first
 * heard it, since what is heard first may be hearsay of the past. Event loop only.
 */
final class FoundersCheck {

    /** How many heartbeats a founder must have been followed. */
    static final int FRESH_HEARTBEATS = 2;

    /** What a node announces as hash, with epoch 0, once it has looked for a stored ring and found none. */
    static final long LOOKED = 1;

    /** What is to be done next: the ring's members, or why there are none yet. */
    record Outcome(Optional<List<RingMember>> members, String explanation) {

        static Outcome wait(String explanation) {
            return new Outcome(Optional.empty(), explanation);
        }
    }

    /** One life of a founder as it was heard first. */
    private record FirstHeard(long storeId, long generation, long heartbeat) {}

    private final Endpoint self;
    private final List<Endpoint> founders;
    private final Map<Endpoint, FirstHeard> firstHeard = new HashMap<>();

    FoundersCheck(Endpoint self, List<Endpoint> founders) {
        this.self = self;
        this.founders = founders.stream().distinct().sorted().toList();
    }

    /** Judges what membership knows at this moment. */
    Outcome judge(List<MemberView> views) {
        Optional<Member> holder = holder(views);
        if (holder.isPresent()) {
            return Outcome.wait("Taking ring " + holder.get().ringEpoch() + " from "
                    + holder.get().node() + ".");
        }
        if (!founders.contains(self)) {
            return Outcome.wait("This node, " + self + ", is not among the founding members " + founders
                    + " and waits to hear of their ring.");
        }
        List<Member> present = new ArrayList<>();
        List<Endpoint> missing = new ArrayList<>();
        List<Endpoint> unsure = new ArrayList<>();
        for (Endpoint founder : founders) {
            List<Member> there = upAt(founder, views);
            if (there.size() > 1) {
                return Outcome.wait(
                        "Members " + there.stream().map(Member::node).toList() + " both claim " + founder
                                + "; give each node an address of its own.");
            }
            if (there.isEmpty()) {
                missing.add(founder);
            } else if (isFresh(there.get(0))) {
                present.add(there.get(0));
            } else {
                unsure.add(founder);
            }
        }
        if (!missing.isEmpty()) {
            return Outcome.wait("Waiting for the founding members " + missing
                    + "; start them, or correct the seeds: each must be written as that node's own address is.");
        }
        return judgePresent(present, unsure);
    }

    private Outcome judgePresent(List<Member> present, List<Endpoint> unsure) {
        if (!self.equals(founders.get(0))) {
            return Outcome.wait("Waiting for the founding member " + founders.get(0) + " to form the first ring.");
        }
        if (!unsure.isEmpty()) {
            return Outcome.wait("Making sure that " + unsure + " have no ring yet.");
        }
        if (present.stream().noneMatch(member -> member.weight() > 0)) {
            return Outcome.wait(
                    "No founding member has a weight above 0, so nobody would own data; set the weight of at"
                            + " least one of " + founders + " and restart it.");
        }
        List<RingMember> members = present.stream()
                .map(member -> new RingMember(
                        member.node(), member.endpoint(), member.storeId(), member.rack(), member.weight()))
                .sorted(Comparator.comparing(RingMember::node))
                .toList();
        return new Outcome(Optional.of(members), "Forming the first ring.");
    }

    /** Whoever is there and has a ring, founder or not. */
    private static Optional<Member> holder(List<MemberView> views) {
        return views.stream()
                .filter(view -> view.status() != MemberStatus.DOWN)
                .map(MemberView::member)
                .filter(member -> member.ringEpoch() > 0)
                .findFirst();
    }

    private static List<Member> upAt(Endpoint founder, List<MemberView> views) {
        return views.stream()
                .filter(view -> view.status() == MemberStatus.UP)
                .map(MemberView::member)
                .filter(member -> member.endpoint().equals(founder))
                .toList();
    }

    private boolean isFresh(Member member) {
        if (member.endpoint().equals(self)) {
            return true;
        }
        FirstHeard first = firstHeard.get(member.endpoint());
        if (first == null || first.storeId() != member.storeId() || first.generation() != member.generation()) {
            first = new FirstHeard(member.storeId(), member.generation(), member.heartbeat());
            firstHeard.put(member.endpoint(), first);
        }
        return member.ringHash() == LOOKED && member.heartbeat() - first.heartbeat() >= FRESH_HEARTBEATS;
    }
}

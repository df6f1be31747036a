package io.annulus.replication;

import io.annulus.api.cluster.MemberStatus;
import io.annulus.api.ring.RingMember;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Orders the owners of a key for a read: this node first, then those believed up, then the suspects. */
final class ReadPlan {

    private ReadPlan() {}

    /** Indices into {@code owners}, best first; owners that are believed down are left out. */
    static List<Integer> order(List<RingMember> owners, Environment environment) {
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < owners.size(); i++) {
            if (environment.isReachable(owners.get(i))) {
                order.add(i);
            }
        }
        order.sort(Comparator.comparingInt(i -> rank(owners.get(i), environment)));
        return order;
    }

    private static int rank(RingMember owner, Environment environment) {
        if (environment.isSelf(owner)) {
            return 0;
        }
        return environment.membership().statusOf(owner.node()) == MemberStatus.UP ? 1 : 2;
    }
}

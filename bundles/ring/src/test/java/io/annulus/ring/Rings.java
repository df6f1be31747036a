package io.annulus.ring;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.ring.RingMember;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Members and memberships for tests. */
final class Rings {

    private Rings() {}

    static RingMember member(int i, String rack, int weight) {
        return new RingMember(
                new NodeId("n" + i), new Endpoint("10.0.0." + i % 250, 7800 + i / 250), 77L * i, rack, weight);
    }

    /** Members of equal weight, spread evenly over racks. */
    static List<RingMember> even(int members, int racks) {
        List<RingMember> all = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            all.add(member(i, "r" + i % racks, 100));
        }
        return all;
    }

    /** 1 to 40 members in 1 to 8 racks, of weights 0 to 16 in most cases and up to 1000 in some, shuffled. */
    static List<RingMember> random(Random random) {
        int count = 1 + random.nextInt(40);
        int racks = 1 + random.nextInt(8);
        int greatest = random.nextInt(4) == 0 ? 1001 : 17;
        List<RingMember> all = new ArrayList<>();
        all.add(member(0, "r0", 1 + random.nextInt(greatest - 1)));
        for (int i = 1; i < count; i++) {
            all.add(member(i, "r" + random.nextInt(racks), random.nextInt(greatest)));
        }
        Collections.shuffle(all, random);
        return all;
    }
}

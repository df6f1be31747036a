package io.annulus.ring;

import io.annulus.api.ring.RingDescription;
import io.annulus.api.ring.RingMember;
import io.annulus.api.ring.Token;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Cuts the circle among members: pure and deterministic, so that every node which knows the same members builds the same
 * ring. A member gets arcs in proportion to its weight, by largest remainder; one of a weight above 0 gets at least one.
 * Its arcs are spread over the circle, one in each of as many equal stretches; then neighbours of one rack or member are
 * pulled apart where others are due soon.
 */
public final class RingBuilder {

    /** Arcs for each owning member, at least. */
    public static final int ARCS_PER_MEMBER = 32;

    private static final int LOOK_AHEAD = 64;
    private static final int APART = 2;

    /** One arc to be placed, at about this place of the circle. */
    private record Due(long place, int member) {}

    private RingBuilder() {}

    /**
     * Builds a ring.
     *
     * @param members of distinct names, in any order; those of weight 0 own nothing
     * @throws IllegalArgumentException when no member has a weight above 0
     */
    public static RingDescription build(long epoch, List<RingMember> members) {
        List<RingMember> sorted =
                members.stream().sorted(Comparator.comparing(RingMember::node)).toList();
        long owning = sorted.stream().filter(member -> member.weight() > 0).count();
        if (owning == 0) {
            throw new IllegalArgumentException(
                    "none of " + members.size() + " members has a weight above 0; give at least one node a weight");
        }
        int arcBits = arcBits(owning);
        int[] quotas = quotas(sorted, 1 << arcBits);
        return new RingDescription(epoch, arcBits, sorted, pullApart(spread(sorted, quotas), sorted));
    }

    private static int arcBits(long owning) {
        int bits = 0;
        while (bits < RingDescription.MAX_ARC_BITS && 1L << bits < ARCS_PER_MEMBER * owning) {
            bits++;
        }
        return bits;
    }

    /** How many arcs each member gets. */
    static int[] quotas(List<RingMember> members, int arcs) {
        int[] quotas = new int[members.size()];
        boolean[] fixed = new boolean[quotas.length];
        int rest = arcs;
        long weights = members.stream().mapToLong(RingMember::weight).sum();
        boolean raised = true;
        while (raised) {
            raised = false;
            for (int i = 0; i < quotas.length; i++) {
                int weight = members.get(i).weight();
                if (!fixed[i] && weight > 0 && (long) weight * rest < weights) {
                    fixed[i] = true;
                    quotas[i] = 1;
                    rest--;
                    weights -= weight;
                    raised = true;
                }
            }
        }
        List<Integer> byRemainder = new ArrayList<>();
        int left = rest;
        for (int i = 0; i < quotas.length; i++) {
            if (!fixed[i] && members.get(i).weight() > 0) {
                quotas[i] = (int) ((long) members.get(i).weight() * rest / weights);
                left -= quotas[i];
                byRemainder.add(i);
            }
        }
        int total = rest;
        long whole = weights;
        byRemainder.sort(Comparator.comparingLong(i -> -((long) members.get(i).weight() * total % whole)));
        for (int i = 0; i < left; i++) {
            quotas[byRemainder.get(i)]++;
        }
        return quotas;
    }

    /** All arcs in the order of the places at which they are due; a hash of name and number moves each in its stretch. */
    private static List<Due> spread(List<RingMember> members, int[] quotas) {
        List<Due> due = new ArrayList<>();
        for (int member = 0; member < quotas.length; member++) {
            byte[] name = members.get(member).node().name().getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < quotas[member]; i++) {
                long stretch = (1L << 48) / quotas[member];
                long jitter = Long.remainderUnsigned(hash(name, i), stretch);
                due.add(new Due(stretch * i + jitter, member));
            }
        }
        due.sort(Comparator.comparingLong(Due::place).thenComparingInt(Due::member));
        return due;
    }

    private static long hash(byte[] name, int number) {
        byte[] bytes = ByteBuffer.allocate(name.length + Integer.BYTES)
                .put(name)
                .putInt(number)
                .array();
        return Token.of(bytes).high();
    }

    private static int[] pullApart(List<Due> due, List<RingMember> members) {
        int[] owners = new int[due.size()];
        List<Integer> waiting = new ArrayList<>();
        int next = 0;
        for (int arc = 0; arc < owners.length; arc++) {
            while (waiting.size() < LOOK_AHEAD && next < due.size()) {
                waiting.add(due.get(next++).member());
            }
            int best = 0;
            int bestDistance = -1;
            for (int i = 0; i < waiting.size() && bestDistance < 2 * APART; i++) {
                int distance = distance(owners, arc, waiting.get(i), members);
                if (distance > bestDistance) {
                    best = i;
                    bestDistance = distance;
                }
            }
            owners[arc] = waiting.remove(best);
        }
        return owners;
    }

    /** How far back the last arc of this rack, and of this member, lies; each counted up to {@link #APART}. */
    private static int distance(int[] owners, int arc, int member, List<RingMember> members) {
        int sameRack = 0;
        int sameMember = 0;
        for (int back = 1; back <= APART; back++) {
            boolean before = arc - back >= 0;
            int other = before ? owners[arc - back] : -1;
            sameMember += sameMember == back - 1 && other != member ? 1 : 0;
            boolean rackDiffers = !before
                    || !members.get(other).rack().equals(members.get(member).rack());
            sameRack += sameRack == back - 1 && rackDiffers ? 1 : 0;
        }
        return sameRack + sameMember;
    }
}

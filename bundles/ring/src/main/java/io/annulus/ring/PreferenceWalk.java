package io.annulus.ring;

import io.annulus.api.ring.PreferenceList;
import io.annulus.api.ring.RingDescription;
import io.annulus.api.ring.RingMember;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The clockwise walk from an arc (DeCandia et al., "Dynamo", 2007, section 4.3) that skips racks in use while there are
 * unused ones, as Cassandra's NetworkTopologyStrategy does. Immutable; any thread.
 */
final class PreferenceWalk {

    private final RingDescription ring;
    private final int[] rackOfMember;
    private final int racks;
    private final int owningMembers;

    PreferenceWalk(RingDescription ring) {
        this.ring = ring;
        this.rackOfMember = new int[ring.members().size()];
        boolean[] owning = new boolean[rackOfMember.length];
        for (int owner : ring.owners()) {
            owning[owner] = true;
        }
        Map<String, Integer> numbers = new HashMap<>();
        int count = 0;
        for (int i = 0; i < rackOfMember.length; i++) {
            if (owning[i]) {
                count++;
                rackOfMember[i] = numbers.computeIfAbsent(ring.members().get(i).rack(), rack -> numbers.size());
            }
        }
        this.racks = numbers.size();
        this.owningMembers = count;
    }

    int owningMembers() {
        return owningMembers;
    }

    /** The preference list of an arc; {@code copies} is at most the number of owning members. */
    PreferenceList from(int arc, int copies) {
        int[] clockwise = clockwise(arc);
        boolean[] usedRacks = new boolean[racks];
        List<Integer> owners = owners(clockwise, copies, usedRacks);
        return new PreferenceList(members(owners), members(standIns(clockwise, owners, usedRacks)));
    }

    /** All owning members in the order in which the walk meets them first. */
    private int[] clockwise(int arc) {
        int[] order = new int[owningMembers];
        boolean[] met = new boolean[rackOfMember.length];
        int arcs = ring.owners().length;
        int count = 0;
        for (int i = 0; count < owningMembers; i++) {
            int owner = ring.owners()[(arc + i) & (arcs - 1)];
            if (!met[owner]) {
                met[owner] = true;
                order[count++] = owner;
            }
        }
        return order;
    }

    private List<Integer> owners(int[] clockwise, int copies, boolean[] usedRacks) {
        List<Integer> owners = new ArrayList<>(copies);
        List<Integer> skipped = new ArrayList<>();
        int unused = racks;
        for (int member : clockwise) {
            if (owners.size() == copies || unused == 0) {
                break;
            }
            if (usedRacks[rackOfMember[member]]) {
                skipped.add(member);
            } else {
                usedRacks[rackOfMember[member]] = true;
                unused--;
                owners.add(member);
            }
        }
        fill(owners, skipped, copies);
        fill(owners, boxed(clockwise), copies);
        return owners;
    }

    private static void fill(List<Integer> owners, List<Integer> candidates, int copies) {
        for (int member : candidates) {
            if (owners.size() < copies && !owners.contains(member)) {
                owners.add(member);
            }
        }
    }

    /** First one of each rack that no owner is in, then others of such racks, then the rest; each in clockwise order. */
    private List<Integer> standIns(int[] clockwise, List<Integer> owners, boolean[] ownersRacks) {
        boolean[] taken = new boolean[rackOfMember.length];
        owners.forEach(owner -> taken[owner] = true);
        boolean[] usedRacks = ownersRacks.clone();
        List<Integer> standIns = new ArrayList<>(clockwise.length - owners.size());
        for (int member : clockwise) {
            int rack = rackOfMember[member];
            if (!taken[member] && !usedRacks[rack]) {
                usedRacks[rack] = true;
                taken[member] = true;
                standIns.add(member);
            }
        }
        for (int member : clockwise) {
            if (!taken[member] && !ownersRacks[rackOfMember[member]]) {
                taken[member] = true;
                standIns.add(member);
            }
        }
        for (int member : clockwise) {
            if (!taken[member]) {
                standIns.add(member);
            }
        }
        return standIns;
    }

    private List<RingMember> members(List<Integer> indexes) {
        return indexes.stream().map(ring.members()::get).toList();
    }

    private static List<Integer> boxed(int[] numbers) {
        List<Integer> boxed = new ArrayList<>(numbers.length);
        for (int number : numbers) {
            boxed.add(number);
        }
        return boxed;
    }
}

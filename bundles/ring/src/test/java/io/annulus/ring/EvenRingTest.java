package io.annulus.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.PreferenceList;
import io.annulus.api.ring.RingDescription;
import io.annulus.api.ring.RingMember;
import io.annulus.api.ring.Token;
import io.annulus.api.storage.CorruptDataException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class EvenRingTest {

    private static final int ROUNDS = 300;

    private static Token startOf(int arc, int arcBits) {
        return new Token(arcBits == 0 ? 0 : (long) arc << (64 - arcBits), 0);
    }

    private static Set<String> racks(List<RingMember> members) {
        return members.stream().map(RingMember::rack).collect(Collectors.toSet());
    }

    private static List<RingMember> owning(EvenRing ring) {
        return ring.members().stream().filter(member -> member.weight() > 0).toList();
    }

    @Test
    void arcsAreThirtyTwoAMemberOrALittleMore() {
        assertEquals(5, RingBuilder.build(1, Rings.even(1, 1)).arcBits());
        assertEquals(7, RingBuilder.build(1, Rings.even(3, 3)).arcBits());
        assertEquals(7, RingBuilder.build(1, Rings.even(4, 4)).arcBits());
        assertEquals(8, RingBuilder.build(1, Rings.even(5, 5)).arcBits());
    }

    @Test
    void sharesAreProportionalToWithinOneArc() {
        Random random = new Random(Seeds.seed());
        for (int round = 0; round < ROUNDS; round++) {
            EvenRing ring = new EvenRing(RingBuilder.build(1, Rings.random(random)));
            long weights = ring.members().stream().mapToLong(RingMember::weight).sum();
            int arcs = 1 << ring.arcBits();
            long raised = ring.members().stream()
                    .filter(member -> member.weight() > 0 && (long) member.weight() * arcs < weights)
                    .count();
            int total = 0;
            for (RingShare share : ring.shares()) {
                double exact = (double) share.member().weight() * arcs / weights;
                assertTrue(Math.abs(share.arcs() - exact) <= 1.0 + raised, share + " instead of " + exact);
                assertEquals(share.member().weight() > 0, share.arcs() > 0, share::toString);
                total += share.arcs();
            }
            assertEquals(arcs, total);
        }
    }

    @Test
    void copiesLieInDistinctRacksWhileThereAreRacks() {
        Random random = new Random(Seeds.seed());
        for (int round = 0; round < ROUNDS; round++) {
            EvenRing ring = new EvenRing(RingBuilder.build(1, Rings.random(random)));
            int racks = racks(owning(ring)).size();
            int copies = 1 + random.nextInt(5);
            for (int i = 0; i < 50; i++) {
                int arc = random.nextInt(1 << ring.arcBits());
                PreferenceList list = ring.preferenceList(startOf(arc, ring.arcBits()), copies);
                assertEquals(
                        Math.min(copies, ring.owningMembers()), list.owners().size());
                assertEquals(
                        Math.min(racks, list.owners().size()),
                        racks(list.owners()).size(),
                        list::toString);
            }
        }
    }

    @Test
    void listsBeginWithTheOwnerAndHoldEveryOwningMemberOnce() {
        Random random = new Random(Seeds.seed());
        for (int round = 0; round < ROUNDS; round++) {
            EvenRing ring = new EvenRing(RingBuilder.build(1, Rings.random(random)));
            int copies = 1 + random.nextInt(5);
            for (int i = 0; i < 20; i++) {
                int arc = random.nextInt(1 << ring.arcBits());
                PreferenceList list = ring.preferenceList(startOf(arc, ring.arcBits()), copies);
                List<RingMember> all = new ArrayList<>(list.owners());
                all.addAll(list.standIns());
                assertEquals(ring.ownerOf(arc), list.owners().get(0));
                assertEquals(owning(ring).size(), all.size());
                assertEquals(Set.copyOf(owning(ring)), Set.copyOf(all));
            }
        }
    }

    @Test
    void standInsOfUnusedRacksComeFirst() {
        Random random = new Random(Seeds.seed());
        for (int round = 0; round < ROUNDS; round++) {
            EvenRing ring = new EvenRing(RingBuilder.build(1, Rings.random(random)));
            PreferenceList list = ring.preferenceList(new Token(random.nextLong(), 0), 2);
            Set<String> used = racks(list.owners());
            boolean inUse = false;
            for (RingMember standIn : list.standIns()) {
                assertTrue(!inUse || used.contains(standIn.rack()), list::toString);
                inUse |= used.contains(standIn.rack());
            }
        }
    }

    @Test
    void orderOfTheMembersDoesNotMatter() {
        Random random = new Random(Seeds.seed());
        for (int round = 0; round < 50; round++) {
            List<RingMember> members = new ArrayList<>(Rings.random(random));
            EvenRing ring = new EvenRing(RingBuilder.build(1, members));
            Collections.shuffle(members, random);
            EvenRing again = new EvenRing(RingBuilder.build(1, members));
            assertEquals(ring, again);
            assertEquals(ring.hash(), again.hash());
        }
    }

    @Test
    void hashTellsRingsApart() {
        List<RingMember> members = Rings.even(3, 3);
        Set<Long> hashes = new HashSet<>();
        hashes.add(new EvenRing(RingBuilder.build(1, members)).hash());
        hashes.add(new EvenRing(RingBuilder.build(2, members)).hash());
        RingMember first = members.get(0);
        for (RingMember changed : List.of(
                new RingMember(first.node(), first.endpoint(), first.storeId() + 1, first.rack(), first.weight()),
                new RingMember(first.node(), first.endpoint(), first.storeId(), "other", first.weight()),
                new RingMember(first.node(), first.endpoint(), first.storeId(), first.rack(), 101))) {
            hashes.add(new EvenRing(RingBuilder.build(1, List.of(changed, members.get(1), members.get(2)))).hash());
        }

        assertEquals(5, hashes.size());
    }

    @Test
    void neighboursAreOfDistinctRacks() {
        EvenRing ring = new EvenRing(RingBuilder.build(1, Rings.even(9, 3)));
        int arcs = 1 << ring.arcBits();
        int clashes = 0;
        for (int arc = 0; arc < arcs; arc++) {
            String rack = ring.ownerOf(arc).rack();
            clashes += rack.equals(ring.ownerOf((arc + 1) % arcs).rack()) ? 1 : 0;
        }

        assertTrue(clashes * 50 <= arcs, clashes + " of " + arcs + " arcs lie beside one of their rack");
    }

    @Test
    void copiesAreSpreadEvenly() {
        for (int[] shape : new int[][] {{3, 3}, {6, 3}, {9, 3}, {5, 5}, {12, 4}, {30, 3}, {50, 1}}) {
            EvenRing ring = new EvenRing(RingBuilder.build(1, Rings.even(shape[0], shape[1])));
            Map<RingMember, Integer> copies = new HashMap<>();
            int arcs = 1 << ring.arcBits();
            for (int arc = 0; arc < arcs; arc++) {
                ring.preferenceList(startOf(arc, ring.arcBits()), 3)
                        .owners()
                        .forEach(m -> copies.merge(m, 1, Integer::sum));
            }
            double even = 3.0 * arcs / shape[0];
            copies.forEach((member, count) -> assertTrue(
                    Math.abs(count - even) <= 0.35 * even, member + " holds " + count + " instead of about " + even));
        }
    }

    @Test
    void listOfMoreCopiesBeginsWithTheListOfFewer() {
        EvenRing ring = new EvenRing(RingBuilder.build(1, Rings.even(5, 5)));
        Token token = Token.of(new byte[] {1, 2, 3});

        assertSame(ring.preferenceList(token, 3), ring.preferenceList(token, 3));
        assertEquals(
                ring.preferenceList(token, 3).owners(),
                ring.preferenceList(token, 5).owners().subList(0, 3));
        assertEquals(ring.preferenceList(token, 5), ring.preferenceList(token, 99));
    }

    @Test
    void codecKeepsEverything() {
        Random random = new Random(Seeds.seed());
        for (int round = 0; round < 100; round++) {
            RingDescription ring = RingBuilder.build(1 + random.nextInt(9), Rings.random(random));
            assertEquals(ring, RingCodec.decode(RingCodec.encode(ring)));
        }
    }

    @Test
    void damagedRingIsRefused() {
        byte[] bytes = RingCodec.encode(RingBuilder.build(1, Rings.even(2, 2)));
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] bad = bytes.clone();
            bad[bit / 8] ^= (byte) (1 << bit % 8);
            assertThrows(CorruptDataException.class, () -> RingCodec.decode(bad), "bit " + bit);
        }
        assertNotEquals(0, bytes.length);
    }

    @Test
    void ringOfNoWeightIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> RingBuilder.build(1, List.of(Rings.member(1, "r", 0))));
    }

    @Test
    void membersOutOfOrderAreRefused() {
        RingDescription ring = RingBuilder.build(1, Rings.even(2, 2));
        List<RingMember> turned = List.of(ring.members().get(1), ring.members().get(0));

        assertThrows(
                IllegalArgumentException.class,
                () -> new EvenRing(new RingDescription(1, ring.arcBits(), turned, ring.owners())));
    }
}

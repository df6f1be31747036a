package io.annulus.ring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.cluster.NodeSettings;
import io.annulus.api.message.RingReply;
import io.annulus.api.message.Verb;
import io.annulus.api.ring.RingDescription;
import io.annulus.api.ring.RingMember;
import io.annulus.api.ring.RingState;
import io.annulus.api.ring.RingState.Standing;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.simulator.NetworkSettings;
import io.annulus.simulator.SimulatedNode;
import io.annulus.simulator.SimulatedRandom;
import io.annulus.simulator.SimulatedWorld;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RingFormationTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final long seed = Seeds.seed();

    @Test
    void foundersFormOneRingAndOwnIt() {
        Cluster cluster = Cluster.of(seed, 3);

        assertTrue(cluster.form());
        for (SimulatedNode node : cluster.nodes) {
            RingState state = cluster.state(node);
            assertEquals(Standing.OWNER, state.standing());
            assertEquals("This node owns its share of " + state.ring().orElseThrow() + ".", state.explanation());
            assertEquals(1, state.ring().orElseThrow().epoch());
            assertEquals(3, state.ring().orElseThrow().owningMembers());
        }
    }

    @Test
    void nodeAloneFormsItsRingAtOnce() {
        Cluster cluster = new Cluster(seed);
        SimulatedNode node = cluster.add(1, 1);

        assertTrue(cluster.world.runUntil(() -> cluster.standing(node) == Standing.OWNER, Duration.ofMillis(10)));
    }

    @Test
    void noRingIsFormedWhileAFounderIsMissing() {
        Cluster cluster = new Cluster(seed);
        SimulatedNode first = cluster.add(1, 100, 1, 2, 3);
        cluster.add(2, 100, 1, 2, 3);

        cluster.world.runFor(LONG);

        assertEquals(Standing.FORMING, cluster.standing(first));
        assertTrue(cluster.state(first).explanation().contains("10.0.0.3:7800"), cluster.state(first)::explanation);
        cluster.add(3, 100, 1, 2, 3);
        assertTrue(cluster.form());
    }

    @Test
    void ringSurvivesTheRestartOfAll() {
        Cluster cluster = Cluster.of(seed, 3);
        cluster.form();
        long hash = cluster.hash(cluster.nodes.get(0));

        for (SimulatedNode node : cluster.nodes) {
            node.crash();
            cluster.world.network().isolate(node);
        }
        cluster.nodes.forEach(SimulatedNode::restart);

        for (SimulatedNode node : cluster.nodes) {
            assertEquals(hash, cluster.hash(node));
            assertEquals(Standing.OWNER, cluster.standing(node));
        }
    }

    @Test
    void nodeThatLostItsDirectoryTakesTheRingAndIsAmnesiac() {
        for (int lost = 0; lost < 3; lost++) {
            Cluster cluster = Cluster.of(seed, 3);
            cluster.form();
            SimulatedNode node = cluster.nodes.get(lost);
            long hash = cluster.hash(node);
            node.crash();
            node.wipe();
            node.restart();

            assertTrue(cluster.form());
            assertEquals(hash, cluster.hash(node));
            assertEquals(Standing.AMNESIAC, cluster.standing(node));
            cluster.world.runFor(LONG);
            assertEquals(Standing.OWNER, cluster.standing(cluster.nodes.get((lost + 1) % 3)));
        }
    }

    @Test
    void ringOfAClientIsTakenWhenAllFoundersLostTheirs() {
        Cluster cluster = Cluster.of(seed, 2);
        SimulatedNode client = cluster.add(3, 0, 1, 2);
        cluster.form();
        long hash = cluster.hash(client);
        for (SimulatedNode founder : cluster.nodes.subList(0, 2)) {
            founder.crash();
            founder.wipe();
            founder.restart();
        }

        assertTrue(cluster.form());
        assertEquals(hash, cluster.hash(cluster.nodes.get(0)));
    }

    @Test
    void strangerIsAClient() {
        Cluster cluster = Cluster.of(seed, 3);
        cluster.form();
        SimulatedNode client = cluster.add(4, 100, 1, 2, 3);

        assertTrue(cluster.form());
        assertEquals(Standing.CLIENT, cluster.standing(client));
    }

    @Test
    void founderOfNoWeightIsAClient() {
        Cluster cluster = new Cluster(seed);
        SimulatedNode owner = cluster.add(1, 1, 1, 2);
        SimulatedNode client = cluster.add(2, 0, 1, 2);

        assertTrue(cluster.form());
        assertEquals(Standing.OWNER, cluster.standing(owner));
        assertEquals(Standing.CLIENT, cluster.standing(client));
    }

    @Test
    void foundersWithoutAnyWeightExplainThemselves() {
        Cluster cluster = new Cluster(seed);
        SimulatedNode first = cluster.add(1, 0, 1, 2);
        cluster.add(2, 0, 1, 2);

        cluster.world.runFor(LONG);

        assertEquals(Standing.FORMING, cluster.standing(first));
        assertTrue(cluster.state(first).explanation().contains("weight"), cluster.state(first)::explanation);
    }

    @Test
    void twoClustersThatMeetAreInConflictAndNameBothRings() {
        Cluster cluster = new Cluster(seed);
        SimulatedNode one = cluster.add(1, 100, 1, 2);
        cluster.add(2, 100, 1, 2);
        SimulatedNode three = cluster.add(3, 100, 3, 4);
        cluster.add(4, 100, 3, 4);
        cluster.world.runUntil(() -> cluster.nodes.stream().allMatch(n -> cluster.standing(n) == Standing.OWNER), LONG);
        String hash = Long.toHexString(cluster.hash(one));
        String other = Long.toHexString(cluster.hash(three));

        cluster.add(5, 0, 1, 3);
        assertTrue(cluster.world.runUntil(() -> cluster.standing(one) == Standing.CONFLICT, LONG));

        String told = cluster.state(one).explanation();
        assertTrue(told.contains(hash) && told.contains(other) && told.contains("n1"), told);
    }

    @Test
    void differingSeedsAreToldAndTheRingHolds() {
        Cluster cluster = Cluster.of(seed, 2);
        cluster.form();
        RingDescription ring =
                cluster.state(cluster.nodes.get(0)).ring().orElseThrow().description();
        SimulatedNode node = cluster.nodes.get(0);
        StandingCheck check = new StandingCheck(
                new NodeSettings(
                        node.settings().node(),
                        node.settings().endpoint(),
                        "r1",
                        7,
                        List.of(),
                        node.settings().dataDirectory()),
                node.storage().identity().storeId());

        RingState state = check.judge(new EvenRing(ring), List.of());

        assertEquals(Standing.OWNER, state.standing());
        assertTrue(state.explanation().contains("seeds"), state::explanation);
        assertTrue(state.explanation().contains("weight 7"), state::explanation);
    }

    @Test
    void fullDiskDelaysTheRingAndIsTold() {
        Cluster cluster = Cluster.of(seed, 2);
        SimulatedNode first = cluster.nodes.get(0);
        first.disk().setFull(true);
        cluster.world.runFor(LONG);
        assertEquals(Standing.FORMING, cluster.standing(first));
        assertTrue(
                cluster.state(first).explanation().contains("could not be stored"), cluster.state(first)::explanation);

        first.disk().setFull(false);
        assertTrue(cluster.form());
    }

    @Test
    void damagedRingStopsTheStart() {
        Cluster cluster = Cluster.of(seed, 2);
        cluster.form();
        SimulatedNode node = cluster.nodes.get(0);
        byte[] blob = node.storage().system().read("ring").orElseThrow();
        blob[20] ^= 1;
        node.crash();
        node.disk().overwriteBlob("ring", blob);

        CorruptDataException thrown = assertThrows(CorruptDataException.class, node::restart);

        assertTrue(thrown.getMessage().contains("ring"), thrown.getMessage());
    }

    @Test
    void laterRingReplacesTheFormerAndIsKept() {
        Cluster cluster = Cluster.of(seed, 3);
        cluster.form();
        SimulatedNode first = cluster.nodes.get(0);
        RingDescription former = cluster.state(first).ring().orElseThrow().description();
        RingDescription later = new RingDescription(2, former.arcBits(), former.members(), former.owners());
        first.run(() -> first.messenger().send(first.settings().endpoint(), new RingReply(later)));

        assertTrue(cluster.world.runUntil(
                () -> cluster.nodes.stream()
                        .allMatch(n -> cluster.state(n).ring().orElseThrow().epoch() == 2),
                LONG));
        first.crash();
        first.restart();
        assertEquals(2, cluster.state(first).ring().orElseThrow().epoch());
    }

    @Test
    void listenersHearChangesUntilTheyAreCancelled() {
        Cluster cluster = Cluster.of(seed, 2);
        List<Standing> heard = new ArrayList<>();
        SimulatedNode first = cluster.nodes.get(0);
        Cancellable cancel = cluster.formations.get(first).listen(state -> heard.add(state.standing()));
        cluster.form();
        assertEquals(Standing.OWNER, heard.get(heard.size() - 1));

        int before = heard.size();
        cancel.cancel();
        cluster.nodes.get(1).crash();
        cluster.world.runFor(LONG);
        assertEquals(before, heard.size());
    }

    /** Its gossip starts before its ring is looked for, and says epoch 0 until then. */
    @Test
    void founderThatHasNotLookedForItsRingYetIsWaitedFor() {
        Cluster cluster = Cluster.of(seed, 2);
        cluster.form();
        SimulatedNode lost = cluster.nodes.get(0);
        SimulatedNode slow = cluster.nodes.get(1);
        long hash = cluster.hash(slow);
        lost.crash();
        slow.crash();
        lost.wipe();
        cluster.looksForItsRingAfter(slow, Duration.ofSeconds(10));

        slow.restart();
        lost.restart();
        cluster.world.runFor(Duration.ofSeconds(8));
        assertEquals(Standing.FORMING, cluster.standing(lost));
        assertTrue(
                cluster.state(lost).explanation().contains("have no ring"),
                cluster.state(lost).explanation());
        cluster.form();

        assertEquals(hash, cluster.hash(lost));
        assertEquals(Standing.AMNESIAC, cluster.standing(lost));
    }

    /** Whoever sent it: a node must not be kept from its next start. */
    @Test
    void ringThatCouldNotBeReadAgainIsNotTaken() {
        Cluster cluster = Cluster.of(seed, 1);
        cluster.form();
        SimulatedNode node = cluster.nodes.get(0);
        long hash = cluster.hash(node);
        RingMember member = new RingMember(new NodeId("n9"), SimulatedWorld.endpoint(9), 9, "r".repeat(300), 1);
        RingReply reply = new RingReply(RingBuilder.build(2, List.of(member)));
        cluster.world.keepFailures();

        node.run(() -> node.messenger().send(node.settings().endpoint(), reply));
        cluster.world.runFor(Duration.ofSeconds(1));

        assertEquals(1, cluster.world.failures().size());
        assertEquals(hash, cluster.hash(node));
        node.crash();
        node.restart();
        assertEquals(hash, cluster.hash(node));
    }

    @Test
    void closedFormationAnswersNothing() {
        Cluster cluster = Cluster.of(seed, 2);
        cluster.form();
        SimulatedNode first = cluster.nodes.get(0);
        first.run(() -> cluster.formations.get(first).close());

        Cancellable freed = first.messenger().listen(Set.of(Verb.RING_REQUEST, Verb.RING_REPLY), (from, message) -> {});

        freed.cancel();
    }

    @Test
    void noCourseOfCrashesLossesAndCutsMakesTwoRings() {
        for (int run = 0; run < 150; run++) {
            Cluster cluster = Cluster.of(seed + run, 2 + run % 4);
            cluster.world.network().set(NetworkSettings.ROUGH);
            plan(cluster);
            cluster.world.runFor(Duration.ofSeconds(10));
            cluster.world.network().heal();

            assertTrue(cluster.form(), "seed " + cluster.world.seed());
            cluster.world.runFor(Duration.ofSeconds(2));
            assertFalse(
                    cluster.nodes.stream().anyMatch(n -> cluster.standing(n) == Standing.CONFLICT),
                    "seed " + cluster.world.seed());
        }
    }

    /** Crashes, lost directories, pauses and cuts within the first seconds, when the ring is being formed. */
    private static void plan(Cluster cluster) {
        SimulatedRandom random = cluster.world.random();
        for (int i = 0; i < 6; i++) {
            SimulatedNode node = cluster.nodes.get(random.nextInt(cluster.nodes.size()));
            Duration at = Duration.ofMillis(random.nextInt(3000));
            int fault = random.nextInt(4);
            cluster.world.after(at, () -> strike(cluster, node, fault));
        }
    }

    private static void strike(Cluster cluster, SimulatedNode node, int fault) {
        if (!node.isRunning()) {
            return;
        }
        if (fault == 0 || fault == 3) {
            node.crash();
            if (fault == 3) {
                node.wipe();
            }
            cluster.world.after(Duration.ofMillis(300), () -> {
                if (!node.isRunning()) {
                    node.restart();
                }
            });
        } else if (fault == 1) {
            node.pause(Duration.ofMillis(400));
        } else {
            cluster.world.network().isolate(node);
            cluster.world.after(Duration.ofMillis(600), cluster.world.network()::heal);
        }
    }
}

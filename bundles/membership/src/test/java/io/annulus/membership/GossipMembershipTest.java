package io.annulus.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.Member;
import io.annulus.api.cluster.MemberStatus;
import io.annulus.api.cluster.MemberView;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.cluster.NodeSettings;
import io.annulus.api.message.Gossip;
import io.annulus.api.message.Message;
import io.annulus.api.message.Verb;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.MessageHandler;
import io.annulus.api.runtime.Messenger;
import io.annulus.simulator.NetworkSettings;
import io.annulus.simulator.SimulatedNode;
import io.annulus.simulator.SimulatedWorld;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GossipMembershipTest {

    private static final NetworkSettings LOSES_A_FIFTH =
            new NetworkSettings(100_000, 20_000_000, 200_000, 50_000, 100_000, 65_536);

    private static final NodeSettings SELF_AND_ANOTHER = new NodeSettings(
            new NodeId("n1"),
            SimulatedWorld.endpoint(1),
            "rack",
            1,
            List.of(SimulatedWorld.endpoint(1), SimulatedWorld.endpoint(2)),
            Path.of("/simulated/n1"));

    @Test
    void nodeAloneIsUp() {
        Cluster cluster = Cluster.of(1, 1);
        cluster.run(60);

        List<MemberView> members = cluster.membership(cluster.node(1)).members();

        assertEquals(1, members.size());
        assertEquals(MemberStatus.UP, members.get(0).status());
        assertEquals(List.of(), cluster.changes);
        assertEquals(0, cluster.world.network().lost());
    }

    @Test
    void roundThatFailsIsFollowedByOthers() {
        Cluster cluster = Cluster.of(1, 3);
        SimulatedNode node = cluster.node(1);
        AtomicInteger sent = new AtomicInteger();
        cluster.world.keepFailures();
        node.run(() -> cluster.membership(node).close());
        node.run(() -> GossipMembership.start(
                GossipConfig.standard(), SELF_AND_ANOTHER, node.storage().identity(), node, new Messenger() {
                    @Override
                    public boolean send(Endpoint to, Message message) {
                        if (sent.incrementAndGet() == 1) {
                            throw new IllegalStateException("of the test");
                        }
                        return true;
                    }

                    @Override
                    public Cancellable listen(Set<Verb> verbs, MessageHandler handler) {
                        return () -> {};
                    }

                    @Override
                    public Endpoint local() {
                        return SELF_AND_ANOTHER.endpoint();
                    }
                }));

        cluster.run(10);

        assertEquals(1, cluster.world.failures().size());
        assertTrue(sent.get() > 10, () -> sent.get() + " were sent");
    }

    @Test
    void nodesFindEachOtherThroughOneSeed() {
        Cluster cluster = Cluster.of(10, 2);

        assertTrue(cluster.secondsUntilWhole() < 3);
        cluster.run(10);

        List<String> names = cluster.membership(cluster.node(7)).members().stream()
                .map(view -> view.member().node().name())
                .toList();
        assertEquals(List.of("n1", "n10", "n2", "n3", "n4", "n5", "n6", "n7", "n8", "n9"), names);
        cluster.running()
                .forEach(
                        node -> assertEquals(List.of(), cluster.membership(node).problems()));
    }

    @Test
    void killedNodeIsSuspectedAndThenBelievedDeadInThreeToSixSeconds() {
        double[] seconds = IntStream.range(0, 100)
                .mapToDouble(run -> secondsToDetect(Seeds.next("killedNode", run), 3 + run % 5))
                .sorted()
                .toArray();

        System.out.printf(
                Locale.ROOT,
                "all others believe a killed node dead after %.1f to %.1f s, median %.1f s%n",
                seconds[0],
                seconds[99],
                seconds[50]);
        assertTrue(seconds[0] > 2.5 && seconds[99] < 6, () -> Arrays.toString(seconds));
    }

    private static double secondsToDetect(long seed, int nodes) {
        Cluster cluster = Cluster.of(nodes, seed);
        cluster.secondsUntilWhole();
        cluster.run(20);
        SimulatedNode killed = cluster.node(nodes);
        killed.crash();
        double seconds = cluster.secondsUntil(() -> cluster.allSee(killed, MemberStatus.DOWN));
        long suspects = cluster.changes.stream()
                .filter(change -> change.view().status() == MemberStatus.SUSPECT
                        && change.view()
                                .member()
                                .node()
                                .equals(killed.settings().node()))
                .map(Cluster.Change::at)
                .distinct()
                .count();
        assertTrue(suspects >= nodes - 1, () -> "some went from up to down at once; seed " + seed);
        return seconds;
    }

    @Test
    void restartedNodeIsUpAgainWithinTwoSeconds() {
        for (int run = 0; run < 50; run++) {
            Cluster cluster = Cluster.of(5, Seeds.next("restartedNode", run));
            cluster.secondsUntilWhole();
            SimulatedNode node = cluster.node(3);
            long generation = cluster.membership(node).self().generation();
            node.crash();
            cluster.secondsUntil(() -> cluster.allSee(node, MemberStatus.DOWN));
            node.restart();

            double seconds = cluster.secondsUntilWhole();

            assertTrue(seconds < 2, () -> "it took " + seconds + " s with seed " + cluster.world.seed());
            assertTrue(cluster.membership(node).self().generation() > generation);
        }
    }

    @Test
    void quickRestartIsToldAsChangeUnderTheOldStatus() {
        Cluster cluster = Cluster.of(3, 3);
        cluster.secondsUntilWhole();
        cluster.run(5);
        long before = cluster.changes.size();
        cluster.node(2).crash();
        cluster.node(2).restart();
        cluster.run(2);

        List<Cluster.Change> atTheFirst = cluster.changes.stream()
                .skip(before)
                .filter(change -> change.at() == cluster.node(1))
                .toList();
        assertEquals(1, atTheFirst.size(), atTheFirst::toString);
        assertEquals(MemberStatus.UP, atTheFirst.get(0).view().status());
        assertEquals(2, atTheFirst.get(0).view().member().generation());
    }

    // Its generations begin anew, below those that the others remember.
    @Test
    void nodeThatLostItsDataIsUpAgainWithinThreeSeconds() {
        for (int run = 0; run < 50; run++) {
            Cluster cluster = Cluster.of(5, Seeds.next("nodeThatLostItsData", run));
            SimulatedNode node = cluster.node(3);
            for (int start = 0; start < 5; start++) {
                node.crash();
                node.restart();
            }
            cluster.secondsUntilWhole();
            cluster.run(10);
            node.crash();
            node.wipe();
            node.restart();
            long storeId = node.storage().identity().storeId();

            double seconds = cluster.secondsUntil(
                    () -> cluster.running().stream().allMatch(other -> cluster.membership(other).members().stream()
                            .anyMatch(view -> view.member().storeId() == storeId && view.status() == MemberStatus.UP)));

            assertTrue(seconds < 3, () -> "it took " + seconds + " s with seed " + cluster.world.seed());
            assertEquals(List.of(), cluster.membership(node).problems());
        }
    }

    @Test
    void twoNodesOfOneNameBothSayWhereTheOtherIs() {
        for (int run = 0; run < 30; run++) {
            Cluster cluster = Cluster.of(4, Seeds.next("twoNodesOfOneName", run));
            SimulatedNode one = cluster.add("twin", 5);
            cluster.run(run % 3);
            SimulatedNode other = cluster.add("twin", 6);
            cluster.run(30);

            assertProblem(cluster, one, Cluster.endpoint(6).toString());
            assertProblem(cluster, other, Cluster.endpoint(5).toString());
            long before = cluster.world.nanos();
            int changes = cluster.changes.size();
            cluster.run(20);
            assertEquals(changes, cluster.changes.size(), () -> "the quarrel goes on after " + before);
            assertEquals(List.of(), cluster.membership(cluster.node(2)).problems());
        }
    }

    @Test
    void nodeThatGaveUpItsNameHasItAgainWhenTheOtherIsGone() {
        Cluster cluster = Cluster.of(4, 12);
        SimulatedNode one = cluster.add("twin", 5);
        SimulatedNode other = cluster.add("twin", 6);
        cluster.run(30);
        NodeId twin = new NodeId("twin");
        boolean oneKept = cluster.membership(cluster.node(1)).members().stream()
                .anyMatch(view -> view.member().endpoint().equals(one.settings().endpoint()));
        (oneKept ? one : other).crash();
        cluster.run(60);

        SimulatedNode left = oneKept ? other : one;
        Member seen = cluster.membership(cluster.node(1)).members().get(4).member();
        assertEquals(twin, seen.node());
        assertEquals(left.settings().endpoint(), seen.endpoint());
        assertTrue(cluster.isWhole());
    }

    private static void assertProblem(Cluster cluster, SimulatedNode node, String endpoint) {
        List<String> problems = cluster.membership(node).problems();
        assertEquals(1, problems.size(), problems::toString);
        assertTrue(problems.get(0).contains("name twin at " + endpoint), problems::toString);
    }

    @Test
    void lossDoesNotKill() {
        for (int run = 0; run < 4; run++) {
            Cluster cluster = Cluster.of(6, Seeds.next("lossDoesNotKill", run));
            cluster.world.network().set(LOSES_A_FIFTH);
            cluster.secondsUntilWhole();
            long begin = cluster.world.nanos();
            cluster.run(300);

            assertEquals(List.of(), cluster.accusationsSince(begin), () -> "seed " + cluster.world.seed());
        }
    }

    @Test
    void cutClusterBecomesWholeAgain() {
        Cluster cluster = Cluster.of(6, 5);
        cluster.secondsUntilWhole();
        List<SimulatedNode> side = List.of(cluster.node(1), cluster.node(2));
        List<SimulatedNode> rest = cluster.world.nodes().subList(2, 6);
        cluster.world.network().partition(side, rest);
        cluster.run(30);
        assertTrue(cluster.sees(cluster.node(1), new NodeId("n6"), MemberStatus.DOWN));
        assertTrue(cluster.sees(cluster.node(1), new NodeId("n2"), MemberStatus.UP));
        assertTrue(cluster.sees(cluster.node(6), new NodeId("n1"), MemberStatus.DOWN));
        cluster.world.network().heal();

        assertTrue(cluster.secondsUntilWhole() < 5);
    }

    @Test
    void nodeThatIsPausedAccusesNobody() {
        for (int run = 0; run < 30; run++) {
            Cluster cluster = Cluster.of(5, Seeds.next("nodeThatIsPaused", run));
            cluster.secondsUntilWhole();
            cluster.run(10);
            SimulatedNode paused = cluster.node(1 + run % 5);
            long begin = cluster.world.nanos();
            paused.pause(Duration.ofSeconds(8));
            cluster.secondsUntil(() -> cluster.allSee(paused, MemberStatus.DOWN));
            cluster.world.runFor(Duration.ofNanos(begin + 8_000_000_000L - cluster.world.nanos()));
            double seconds = cluster.secondsUntilWhole();
            assertTrue(seconds < 2, () -> "it took " + seconds + " s with seed " + cluster.world.seed());
            cluster.run(10);

            cluster.accusationsSince(begin)
                    .forEach(change -> assertTrue(
                            change.at() != paused
                                    && change.view()
                                            .member()
                                            .node()
                                            .equals(paused.settings().node()),
                            () -> change + " with seed " + cluster.world.seed()));
        }
    }

    @Test
    void ringIsAnnounced() {
        Cluster cluster = Cluster.of(5, 6);
        cluster.secondsUntilWhole();
        SimulatedNode node = cluster.node(4);
        node.run(() -> cluster.membership(node).announceRing(7, 0xfeedL));
        cluster.run(3);

        for (SimulatedNode other : cluster.running()) {
            Member seen = cluster.membership(other).members().get(3).member();
            assertEquals(7, seen.ringEpoch());
            assertEquals(0xfeedL, seen.ringHash());
        }
    }

    @Test
    void closedMembershipSendsNothingAndListensNoMore() {
        Cluster cluster = Cluster.of(2, 7);
        cluster.secondsUntilWhole();
        for (SimulatedNode node : cluster.running()) {
            node.run(cluster.membership(node)::close);
            node.run(cluster.membership(node)::close);
        }
        long changes = cluster.changes.size();
        cluster.run(1);
        long traffic = cluster.world.network().delivered();

        // Nothing periodic is left either.
        cluster.world.runUntilIdle();
        assertEquals(traffic, cluster.world.network().delivered());
        assertEquals(changes, cluster.changes.size());
        cluster.node(1).run(() -> cluster.node(1)
                .messenger()
                .listen(Set.of(Verb.GOSSIP), (from, message) -> {})
                .cancel());
    }

    @Test
    void nodeOfAnotherNameAtAnEndpointReplacesTheFormerOne() {
        Cluster cluster = Cluster.of(5, 8);
        cluster.secondsUntilWhole();
        cluster.node(5).crash();
        SimulatedNode successor = cluster.add("successor", 5);
        cluster.run(20);

        for (SimulatedNode node : cluster.running()) {
            List<String> names = cluster.membership(node).members().stream()
                    .map(view -> view.member().node().name())
                    .toList();
            assertEquals(List.of("n1", "n2", "n3", "n4", "successor"), names);
        }
        assertTrue(cluster.allSee(successor, MemberStatus.UP));
        SimulatedNode first = cluster.node(1);
        first.run(
                () -> assertEquals(MemberStatus.DOWN, cluster.membership(first).statusOf(new NodeId("n5"))));
    }

    @Test
    void listenerIsCalledUntilItIsCancelled() {
        Cluster cluster = Cluster.of(3, 9);
        SimulatedNode node = cluster.node(1);
        cluster.secondsUntilWhole();
        AtomicInteger calls = new AtomicInteger();
        List<Cancellable> listenings = new ArrayList<>();
        node.run(() -> listenings.add(cluster.membership(node).listen(view -> calls.incrementAndGet())));
        cluster.node(3).crash();
        cluster.run(10);
        assertEquals(2, calls.get());
        node.run(listenings.get(0)::cancel);
        cluster.node(3).restart();
        cluster.run(10);

        assertEquals(2, calls.get());
    }

    @Test
    void membersBeyondTheMostAreNotHeardAndThatIsSaid() {
        Cluster cluster = Cluster.of(2, 10);
        SimulatedNode node = cluster.node(1);
        SimulatedNode stranger = cluster.node(2);
        for (int part = 0; part < 2; part++) {
            List<Member> many = IntStream.range(part * 1_000, part * 1_000 + 1_000)
                    .mapToObj(i -> new Member(new NodeId("x" + i), Cluster.endpoint(10 + i), i, "r", 1, 1, 1, 0, 0))
                    .toList();
            stranger.run(() -> stranger.messenger().send(Cluster.endpoint(1), new Gossip(true, many)));
            cluster.run(1);
        }

        assertEquals(Gossip.MAX_MEMBERS, cluster.membership(node).members().size());
        assertTrue(cluster.membership(node).problems().get(0).contains("1024 members"));
        node.run(() -> assertTrue(
                cluster.membership(node).member(stranger.settings().node()).isPresent()));
    }

    @Test
    void damagedCountersAreNotTaken() {
        Cluster cluster = Cluster.of(2, 11);
        cluster.secondsUntilWhole();
        SimulatedNode sender = cluster.node(2);
        Member damaged =
                new Member(new NodeId("n1"), Cluster.endpoint(1), 5, "r", 1, Long.MAX_VALUE, Long.MAX_VALUE, 0, 0);
        sender.run(() -> sender.messenger().send(Cluster.endpoint(1), new Gossip(true, List.of(damaged))));
        cluster.run(1);

        assertEquals(1, cluster.membership(cluster.node(1)).self().generation());
        assertFalse(cluster.membership(cluster.node(1)).problems().isEmpty());
    }

    @Test
    void fiftyNodesBecomeWholeAndStaySo() {
        Cluster cluster = Cluster.of(50, Seeds.next("fiftyNodes", 0));
        double seconds = cluster.secondsUntilWhole();
        System.out.println("50 nodes are whole after " + seconds + " s");
        assertTrue(seconds < 6, () -> seconds + " s");
        long begin = cluster.world.nanos();
        cluster.run(20);

        assertEquals(List.of(), cluster.accusationsSince(begin));
        SimulatedNode killed = cluster.node(25);
        killed.crash();
        double detected = cluster.secondsUntil(() -> cluster.allSee(killed, MemberStatus.DOWN));
        System.out.println("50 nodes believe a killed one dead after " + detected + " s");
        assertTrue(detected < 10, () -> detected + " s");
    }

    @Test
    void sameSeedSameTrace() {
        long seed = Seeds.next("sameSeedSameTrace", 0);
        List<Long> hashes = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            Cluster cluster = Cluster.of(5, seed);
            cluster.world.network().set(NetworkSettings.ROUGH);
            cluster.run(10);
            cluster.node(2).crash();
            cluster.run(10);
            hashes.add(cluster.world.traceHash());
        }

        assertEquals(hashes.get(0), hashes.get(1));
    }
}

package io.annulus.replication;

import static io.annulus.replication.Cluster.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.AnnulusException.Effect;
import io.annulus.api.Guarantee;
import io.annulus.api.KeyspaceMode;
import io.annulus.api.OutcomeUnknownException;
import io.annulus.api.OverloadedException;
import io.annulus.api.ReadOptions;
import io.annulus.api.ReadResult;
import io.annulus.api.ReplicaAnswer.Outcome;
import io.annulus.api.StoreClosedException;
import io.annulus.api.UnavailableException;
import io.annulus.api.WriteOptions;
import io.annulus.api.WriteResult;
import io.annulus.api.cluster.MemberStatus;
import io.annulus.api.message.CoordinateReply;
import io.annulus.api.message.CoordinateRequest;
import io.annulus.api.message.ReplicaStatus;
import io.annulus.api.message.WriteReply;
import io.annulus.api.message.WriteRequest;
import io.annulus.api.storage.Durability;
import io.annulus.simulator.DiskSettings;
import io.annulus.simulator.NetworkSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Puts on simulated nodes. */
final class PutTest {

    private static final byte[] KEY = bytes("key");

    @Test
    void twoOfThreeOwnersAreEnough() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.CAUSAL);
        cluster.world.network().isolate(cluster.owner(KEY, 2).node);
        WriteResult result = cluster.await(cluster.owner(KEY, 0).keyspace().put(KEY, bytes("a")));
        assertEquals(Guarantee.OVERLAP, result.receipt().guarantee());
        assertEquals(2, result.receipt().received());
        assertEquals("SYNCED", result.receipt().replicas().get(0).durability());
        assertEquals(List.of("a"), cluster.heldValues(cluster.owner(KEY, 0), KEY));
        assertEquals(List.of("a"), cluster.heldValues(cluster.owner(KEY, 1), KEY));
        cluster.world.network().heal();
        cluster.settle();
    }

    @Test
    void hintsReachAnOwnerThatDidNotAcknowledge() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.CAUSAL);
        Host behind = cluster.owner(KEY, 2);
        cluster.world.network().isolate(behind.node);
        cluster.await(cluster.owner(KEY, 0).keyspace().put(KEY, bytes("a")));
        cluster.runMillis(2_000);
        assertEquals(1, cluster.owner(KEY, 0).core().hints().count());
        cluster.world.network().heal();
        cluster.settle();
        assertEquals(List.of("a"), cluster.heldValues(behind, KEY));
        assertEquals(0, cluster.owner(KEY, 0).core().hints().count());
    }

    @Test
    void hintThatCannotBeSentIsKept() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.CAUSAL);
        Host coordinator = cluster.owner(KEY, 0);
        Host behind = cluster.owner(KEY, 2);
        coordinator.messenger.refuse(behind.node.settings().endpoint()::equals);
        cluster.await(coordinator.keyspace().put(KEY, bytes("a")));
        cluster.runMillis(5_000);
        assertEquals(1, coordinator.core().hints().count());
        coordinator.messenger.refuse(to -> false);
        cluster.settle();
        assertEquals(List.of("a"), cluster.heldValues(behind, KEY));
        assertEquals(0, coordinator.core().hints().count());
    }

    @Test
    void hintIsOfTheKeyAsItWasWhenTheCallerReusesItsArray() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.CAUSAL);
        Host behind = cluster.owner(KEY, 2);
        cluster.world.network().isolate(behind.node);
        byte[] key = KEY.clone();
        cluster.await(cluster.owner(KEY, 0).keyspace().put(key, bytes("a")));
        key[0] ^= 1;
        cluster.runMillis(2_000);
        cluster.world.network().heal();
        cluster.settle();
        assertEquals(List.of("a"), cluster.heldValues(behind, KEY));
    }

    @Test
    void tooFewReachableIsRefusedBeforeAnyEffect() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.CAUSAL);
        Host coordinator = cluster.owner(KEY, 0);
        cluster.believe(cluster.owner(KEY, 1), MemberStatus.DOWN);
        cluster.believe(cluster.owner(KEY, 2), MemberStatus.DOWN);
        UnavailableException failure = cluster.failure(
                UnavailableException.class, coordinator.keyspace().put(KEY, bytes("a")));
        assertEquals(Effect.NOT_APPLIED, failure.effect());
        cluster.settle();
        assertEquals(List.of(), coordinator.messenger.sent(WriteRequest.class));
        assertTrue(cluster.held(coordinator, KEY).isEmpty());
        assertEquals(0, coordinator.core().hints().count());
    }

    @Test
    void silenceUntilTheDeadlineIsUnknown() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.CAUSAL);
        Host coordinator = cluster.owner(KEY, 0);
        cluster.world.network().isolate(coordinator.node);
        long before = cluster.world.nanos();
        OutcomeUnknownException failure = cluster.failure(
                OutcomeUnknownException.class, coordinator.keyspace().put(KEY, bytes("a")));
        assertEquals(1_000, (cluster.world.nanos() - before) / 1_000_000, 5);
        assertEquals(1, failure.receipt().received());
        cluster.world.network().heal();
        cluster.settle();
        assertEquals(List.of("a"), cluster.heldValues(cluster.owner(KEY, 2), KEY));
    }

    @Test
    void standInsCountAsSloppy() {
        Cluster cluster = Cluster.of(5, KeyspaceMode.CAUSAL);
        Host down = cluster.owner(KEY, 1);
        Host other = cluster.owner(KEY, 2);
        for (Host host : List.of(down, other)) {
            cluster.believe(host, MemberStatus.DOWN);
            cluster.world.network().isolate(host.node);
        }
        WriteResult result = cluster.await(cluster.owner(KEY, 0)
                .keyspace()
                .put(KEY, bytes("a"), WriteOptions.acks(3).withSloppy(true)));
        assertEquals(Guarantee.SLOPPY, result.receipt().guarantee());
        assertEquals(2, result.receipt().standIns());
        assertEquals(Outcome.NOT_ASKED, result.receipt().replicas().get(1).outcome());
        assertEquals(0, cluster.owner(KEY, 0).core().hints().count());
        cluster.world.network().heal();
        cluster.believe(down, MemberStatus.UP);
        cluster.believe(other, MemberStatus.UP);
        cluster.settle();
        assertEquals(List.of("a"), cluster.heldValues(down, KEY));
        assertEquals(List.of("a"), cluster.heldValues(other, KEY));
        assertEquals(0, cluster.owner(KEY, 3).core().hints().count());
    }

    @Test
    void anyNodeCoordinatesLastWriteWins() {
        Cluster cluster = Cluster.of(5, KeyspaceMode.LAST_WRITE_WINS);
        Host outsider = cluster.owner(KEY, 4);
        cluster.await(outsider.keyspace().put(KEY, bytes("a")));
        cluster.await(outsider.keyspace().put(KEY, bytes("b")));
        assertEquals(List.of(), outsider.messenger.sent(CoordinateRequest.class));
        cluster.settle();
        assertEquals(List.of("b"), cluster.heldValues(cluster.owner(KEY, 0), KEY));
        assertTrue(cluster.held(outsider, KEY).isEmpty());
    }

    @Test
    void laterPutOfASlowClockIsLaterThanWhatItsNodeHolds() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.LAST_WRITE_WINS);
        cluster.host(0).node.skewWall(Duration.ofSeconds(30));
        cluster.await(cluster.host(0).keyspace().put(KEY, bytes("first"), WriteOptions.acks(3)));
        cluster.await(cluster.host(1).keyspace().put(KEY, bytes("second"), WriteOptions.acks(3)));
        assertEquals(List.of("second"), cluster.heldValues(cluster.host(2), KEY));
        cluster.settle();
    }

    @Test
    void nonOwnerForwardsACausalPutOnce() {
        Cluster cluster = Cluster.of(5, KeyspaceMode.CAUSAL);
        Host outsider = cluster.owner(KEY, 4);
        WriteResult result = cluster.await(outsider.keyspace().put(KEY, bytes("a")));
        assertEquals(1, outsider.messenger.sent(CoordinateRequest.class).size());
        assertEquals(2, outsider.messenger.sent(CoordinateRequest.class).get(0).acks());
        assertEquals(
                cluster.owner(KEY, 0).node.storage().identity().origin(),
                result.dot().origin());
        cluster.settle();
        assertEquals(List.of("a"), cluster.heldValues(cluster.owner(KEY, 2), KEY));
    }

    @Test
    void doubledForwardIsCoordinatedOnce() {
        Cluster cluster = Cluster.of(5, KeyspaceMode.CAUSAL);
        NetworkSettings doubling = new NetworkSettings(100_000, 1_000_000, 0, 1_000_000, 0, 65_536);
        cluster.world.network().set(doubling);
        Host outsider = cluster.owner(KEY, 4);
        WriteResult first = cluster.await(outsider.keyspace().put(KEY, bytes("a")));
        cluster.runMillis(100);
        WriteResult second =
                cluster.await(outsider.keyspace().put(KEY, bytes("b"), WriteOptions.replacing(first.context())));
        cluster.settle();
        assertEquals(1, second.siblings());
        assertEquals(List.of("b"), cluster.heldValues(cluster.owner(KEY, 0), KEY));
    }

    @Test
    void forwardedPutThatGetsNoAnswerIsUnknown() {
        Cluster cluster = Cluster.of(5, KeyspaceMode.CAUSAL);
        cluster.world.network().deliverOnly((sender, message) -> !(message instanceof CoordinateReply));
        cluster.failure(
                OutcomeUnknownException.class, cluster.owner(KEY, 4).keyspace().put(KEY, bytes("a")));
        cluster.settle();
        assertEquals(List.of("a"), cluster.heldValues(cluster.owner(KEY, 0), KEY));
    }

    @Test
    void standInsDeltaIsLostToNoConcurrentWriteOfTheOwners() {
        Cluster cluster = Cluster.of(5, KeyspaceMode.CAUSAL);
        Host owner = cluster.owner(KEY, 0);
        Host outsider = cluster.owner(KEY, 3);
        for (int i = 0; i < 3; i++) {
            outsider.membership.believe(cluster.owner(KEY, i).node.settings().node(), MemberStatus.DOWN);
            cluster.owner(KEY, 4)
                    .membership
                    .believe(cluster.owner(KEY, i).node.settings().node(), MemberStatus.DOWN);
        }
        WriteOptions sloppy = WriteOptions.acks(2).withSloppy(true);
        CompletionStage<WriteResult> ours = outsider.keyspace().put(KEY, bytes("stand-in 1"), sloppy);
        cluster.await(owner.keyspace().put(KEY, bytes("owner 1")));
        assertEquals(Guarantee.SLOPPY, cluster.await(ours).receipt().guarantee());
        cluster.await(outsider.keyspace().put(KEY, bytes("stand-in 2"), sloppy));
        cluster.await(owner.keyspace().put(KEY, bytes("owner 2")));
        cluster.believe(owner, MemberStatus.UP);
        cluster.believe(cluster.owner(KEY, 1), MemberStatus.UP);
        cluster.believe(cluster.owner(KEY, 2), MemberStatus.UP);
        cluster.settle();
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    List.of("owner 1", "owner 2", "stand-in 1", "stand-in 2"),
                    cluster.heldValues(cluster.owner(KEY, i), KEY));
        }
    }

    @Test
    void withoutOwnersOrStandInsTheOutsiderRefuses() {
        Cluster cluster = Cluster.of(5, KeyspaceMode.CAUSAL);
        Host outsider = cluster.owner(KEY, 4);
        for (int i = 0; i < 3; i++) {
            cluster.believe(cluster.owner(KEY, i), MemberStatus.DOWN);
        }
        cluster.failure(UnavailableException.class, outsider.keyspace().put(KEY, bytes("a")));
        cluster.settle();
        assertEquals(0, outsider.core().hints().count());
    }

    @Test
    void fullDiskHereIsNotAppliedAndNothingIsSent() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.CAUSAL);
        Host coordinator = cluster.owner(KEY, 0);
        coordinator.node.disk().setFull(true);
        OverloadedException failure = cluster.failure(
                OverloadedException.class, coordinator.keyspace().put(KEY, bytes("a")));
        assertEquals(Effect.NOT_APPLIED, failure.effect());
        coordinator.node.disk().setFull(false);
        cluster.settle();
        assertEquals(List.of(), coordinator.messenger.sent(WriteRequest.class));
        assertTrue(cluster.held(cluster.owner(KEY, 1), KEY).isEmpty());
        assertEquals(List.of("b"), putAndHeld(cluster, coordinator, "b"));
    }

    private static List<String> putAndHeld(Cluster cluster, Host coordinator, String value) {
        cluster.await(coordinator.keyspace().put(KEY, bytes(value)));
        return cluster.heldValues(coordinator, KEY);
    }

    @Test
    void nodeWhoseLogFailedDoesNotAcknowledgeAndOthersGoOn() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.CAUSAL);
        Host fenced = cluster.owner(KEY, 1);
        fenced.node.disk().setFailsSync(true);
        WriteResult result = cluster.await(cluster.owner(KEY, 0).keyspace().put(KEY, bytes("a")));
        assertEquals(Outcome.ACKNOWLEDGED, result.receipt().replicas().get(2).outcome());
        assertFalse(result.receipt().replicas().get(1).outcome() == Outcome.ACKNOWLEDGED);
        cluster.runMillis(100);
        assertTrue(fenced.core().isFenced());
        cluster.settle();
    }

    @Test
    void ownerWhoseLogFailedForwardsToAnother() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.CAUSAL);
        Host fenced = cluster.owner(KEY, 0);
        fenced.node.disk().setFailsSync(true);
        cluster.await(fenced.keyspace().put(KEY, bytes("a")));
        cluster.runMillis(100);
        WriteResult second = cluster.await(fenced.keyspace().put(KEY, bytes("b")));
        assertEquals(1, fenced.messenger.sent(CoordinateRequest.class).size());
        assertEquals(
                cluster.owner(KEY, 1).node.storage().identity().origin(),
                second.dot().origin());
        cluster.settle();
        assertEquals(List.of("a", "b"), cluster.heldValues(cluster.owner(KEY, 2), KEY));
    }

    @Test
    void ownerWhoseLogFailedStillCoordinatesLastWriteWins() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.LAST_WRITE_WINS);
        Host fenced = cluster.owner(KEY, 0);
        fenced.node.disk().setFailsSync(true);
        cluster.await(fenced.keyspace().put(KEY, bytes("a")));
        cluster.runMillis(100);
        WriteResult second = cluster.await(fenced.keyspace().put(KEY, bytes("b")));
        assertEquals(Outcome.NOT_ASKED, second.receipt().replicas().get(0).outcome());
        assertEquals(2, second.receipt().received());
        cluster.settle();
    }

    @Test
    void operationsBeyondTheLimitAreRefused() {
        ReplicationConfig two = new ReplicationConfig(2, 50, 100, 8, 10);
        Cluster cluster = new Cluster(1, 3, Cluster.settings(KeyspaceMode.CAUSAL), two);
        Host coordinator = cluster.owner(KEY, 0);
        List<CompletionStage<WriteResult>> stages = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            stages.add(coordinator.keyspace().put(bytes("key" + i), bytes("a")));
        }
        assertEquals(
                Effect.NOT_APPLIED,
                cluster.failure(OverloadedException.class, stages.get(2)).effect());
        cluster.await(stages.get(0));
        cluster.await(stages.get(1));
        cluster.await(coordinator.keyspace().put(bytes("key3"), bytes("a")));
        cluster.settle();
    }

    @Test
    void lingeringWritesAreBoundedAndLeaveHints() {
        ReplicationConfig two = new ReplicationConfig(2, 50, 100, 8, 10);
        Cluster cluster = new Cluster(1, 3, Cluster.settings(KeyspaceMode.LAST_WRITE_WINS), two);
        cluster.world.network().isolate(cluster.host(2).node);
        for (int i = 0; i < 6; i++) {
            cluster.await(cluster.host(0).keyspace().put(bytes("key" + i), bytes("a")));
        }
        assertEquals(2, cluster.host(0).core().underway());
        assertEquals(4, cluster.host(0).core().hints().count());
        cluster.world.network().heal();
        cluster.settle();
        for (int i = 0; i < 6; i++) {
            assertEquals(List.of("a"), cluster.heldValues(cluster.host(2), bytes("key" + i)));
        }
    }

    @Test
    void deadlineThatPassesWhileTheRecordIsReadIsToldInTime() {
        Cluster cluster = new Cluster(2, 3, Cluster.settings(KeyspaceMode.CAUSAL), Cluster.CONFIG);
        Host coordinator = cluster.owner(KEY, 0);
        coordinator.node.disk().set(new DiskSettings(100_000, 500_000, 60_000_000_000L, 100));
        long before = cluster.world.nanos();
        OverloadedException failure = cluster.failure(
                OverloadedException.class,
                coordinator
                        .keyspace()
                        .put(KEY, bytes("a"), WriteOptions.defaults().withTimeoutMillis(10)));
        assertEquals(10, (cluster.world.nanos() - before) / 1_000_000, 2);
        assertEquals(Effect.NOT_APPLIED, failure.effect());
        cluster.runMillis(60_000);
        cluster.settle();
        assertTrue(cluster.held(coordinator, KEY).isEmpty());
        assertEquals(List.of(), coordinator.messenger.sent(WriteRequest.class));
    }

    @Test
    void refusalsOfAllReplicasAreUnknownSinceACopyMayYetBeTaken() {
        Cluster cluster = Cluster.of(5, KeyspaceMode.LAST_WRITE_WINS);
        for (int i = 0; i < 3; i++) {
            cluster.owner(KEY, i).node.disk().setFull(true);
        }
        OutcomeUnknownException failure = cluster.failure(
                OutcomeUnknownException.class,
                cluster.owner(KEY, 4).keyspace().put(KEY, bytes("a"), WriteOptions.acks(1)));
        assertEquals(Outcome.REFUSED, failure.receipt().replicas().get(0).outcome());
        cluster.settle();
    }

    @Test
    void requestsThatCannotBeSentAreNotApplied() {
        Cluster cluster = Cluster.of(5, KeyspaceMode.LAST_WRITE_WINS);
        Host outsider = cluster.owner(KEY, 4);
        outsider.messenger.refuse(to -> true);
        UnavailableException failure =
                cluster.failure(UnavailableException.class, outsider.keyspace().put(KEY, bytes("a")));
        assertEquals(Outcome.NOT_ASKED, failure.receipt().replicas().get(0).outcome());
        cluster.settle();
        assertEquals(0, outsider.core().hints().count());
    }

    @Test
    void dotsThatRanOutAreOverload() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.CAUSAL);
        Host coordinator = cluster.owner(KEY, 0);
        coordinator.dots.exhaust();
        cluster.failure(OverloadedException.class, coordinator.keyspace().put(KEY, bytes("a")));
        cluster.settle();
    }

    @Test
    void anotherRingIsRefusedAndHintsBringTheWriteLater() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.CAUSAL);
        Host other = cluster.owner(KEY, 2);
        TestRing before = (TestRing) other.rings.state().ring().orElseThrow();
        other.rings.use(new TestRing(2, before.members()));
        cluster.await(cluster.owner(KEY, 0).keyspace().put(KEY, bytes("a")));
        cluster.runMillis(2_000);
        assertTrue(cluster.held(other, KEY).isEmpty());
        other.rings.use(before);
        cluster.settle();
        assertEquals(List.of("a"), cluster.heldValues(other, KEY));
    }

    @Test
    void closingTellsAllCallersAndLeavesNothing() {
        Cluster cluster = Cluster.of(5, KeyspaceMode.CAUSAL);
        Host outsider = cluster.owner(KEY, 4);
        Host owner = cluster.owner(KEY, 0);
        cluster.world.network().isolate(outsider.node);
        cluster.world.network().isolate(owner.node);
        CompletionStage<WriteResult> forwarded = outsider.keyspace().put(KEY, bytes("a"));
        CompletionStage<WriteResult> written = owner.keyspace().put(KEY, bytes("b"));
        CompletionStage<ReadResult> read = outsider.keyspace().get(KEY, ReadOptions.all());
        cluster.runMillis(10);
        CompletionStage<WriteResult> waiting = owner.keyspace().put(bytes("other"), bytes("b"));
        long before = cluster.world.nanos();
        outsider.node.run(outsider.replication::close);
        owner.node.run(owner.replication::close);
        cluster.failure(OutcomeUnknownException.class, forwarded);
        cluster.failure(OutcomeUnknownException.class, written);
        cluster.failure(UnavailableException.class, read);
        cluster.failure(StoreClosedException.class, waiting);
        assertTrue(cluster.world.nanos() - before < 10_000_000);
        assertTrue(owner.isQuiet() && outsider.isQuiet());
        cluster.failure(StoreClosedException.class, owner.keyspace().put(KEY, bytes("c")));
    }

    @Test
    void answerOfAnotherNodeOrDoubledAnswersCountOnce() {
        RequestTable table = new RequestTable(-1);
        Cluster cluster = Cluster.of(3, KeyspaceMode.CAUSAL);
        List<Object> answers = new ArrayList<>();
        long id = table.register(cluster.host(1).node.settings().node(), answers::add);
        WriteReply reply = new WriteReply(id, ReplicaStatus.DONE, Durability.SYNCED);
        table.answer(cluster.sender(0), id, reply);
        assertEquals(List.of(), answers);
        table.answer(cluster.sender(1), id, reply);
        table.answer(cluster.sender(1), id, reply);
        assertEquals(1, answers.size());
        assertEquals(0, table.size());
    }

    @Test
    void damagedRecordIsRefusedByItsReceiver() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.CAUSAL);
        Host sender = cluster.owner(KEY, 0);
        Host receiver = cluster.owner(KEY, 1);
        List<WriteReply> replies = new ArrayList<>();
        cluster.world.network().deliverOnly((from, message) -> {
            if (message instanceof WriteReply reply) {
                replies.add(reply);
            }
            return true;
        });
        sender.node.run(() -> sender.messenger.send(
                receiver.node.settings().endpoint(),
                new WriteRequest(7, 1, "ks", Optional.empty(), KEY, new byte[20])));
        cluster.runMillis(100);
        assertEquals(List.of(new WriteReply(7, ReplicaStatus.CORRUPT, Durability.MEMORY)), replies);
        assertTrue(cluster.held(receiver, KEY).isEmpty());
    }
}

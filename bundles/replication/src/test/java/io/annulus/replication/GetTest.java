package io.annulus.replication;

import static io.annulus.replication.Cluster.bytes;
import static io.annulus.replication.Cluster.text;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.AnnulusException.Effect;
import io.annulus.api.CorruptRangeException;
import io.annulus.api.Guarantee;
import io.annulus.api.GuaranteeNotMetException;
import io.annulus.api.KeyspaceMode;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.KeyspaceStorage;
import io.annulus.api.ReadOptions;
import io.annulus.api.ReadResult;
import io.annulus.api.ReplicaAnswer.Outcome;
import io.annulus.api.ReplicaHolding;
import io.annulus.api.ReplicaHolding.State;
import io.annulus.api.UnavailableException;
import io.annulus.api.WriteOptions;
import io.annulus.api.cluster.MemberStatus;
import io.annulus.api.message.ReadReply;
import io.annulus.api.message.ReadRequest;
import io.annulus.api.message.WriteRequest;
import io.annulus.api.ring.RingState.Standing;
import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.TableSpec;
import io.annulus.api.version.Dot;
import io.annulus.api.version.Stamp;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Gets on simulated nodes. */
final class GetTest {

    private static final byte[] KEY = bytes("key");

    /** Brings a version to the given owners alone. */
    private static void put(Cluster cluster, long sequence, String value, int... owners) {
        byte[] record = new TestVersioning()
                .delta(new byte[0], new Stamp(new Dot(99, sequence), sequence, 0), Optional.of(bytes(value)));
        for (int owner : owners) {
            Host host = cluster.owner(KEY, owner);
            host.node.run(() -> host.node
                    .storage()
                    .openTable(new TableSpec("ks", new TestVersioning()))
                    .append(Token.of(KEY), KEY, record, Completion.of(durability -> {}, cause -> {
                        throw new AssertionError(cause);
                    })));
        }
        cluster.runMillis(50);
    }

    private static List<String> values(ReadResult result) {
        return result.values().stream().map(Cluster::text).sorted().toList();
    }

    @Test
    void equalDigestsAreOneRecordOnTheWire() {
        Cluster cluster = Cluster.of(5, KeyspaceMode.CAUSAL);
        put(cluster, 5, "a", 0, 1, 2);
        Host outsider = cluster.owner(KEY, 4);
        ReadResult result = cluster.await(outsider.keyspace().get(KEY));
        assertEquals(List.of("a"), values(result));
        assertEquals(Guarantee.OVERLAP, result.receipt().guarantee());
        List<ReadRequest> requests = outsider.messenger.sent(ReadRequest.class);
        assertEquals(
                List.of(false, true),
                requests.stream().map(ReadRequest::digestOnly).toList());
        cluster.settle();
    }

    @Test
    void differentRecordsAreJoinedAndTheStaleRepaired() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.CAUSAL);
        put(cluster, 5, "a", 0, 2);
        put(cluster, 9, "b", 1, 2);
        ReadResult result = cluster.await(cluster.owner(KEY, 0).keyspace().get(KEY));
        assertEquals(List.of("a", "b"), values(result));
        cluster.settle();
        assertEquals(List.of("a", "b"), cluster.heldValues(cluster.owner(KEY, 0), KEY));
        assertEquals(List.of("a", "b"), cluster.heldValues(cluster.owner(KEY, 1), KEY));
    }

    @Test
    void absentAtSomeIsFound() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.CAUSAL);
        put(cluster, 5, "a", 1);
        assertEquals(
                List.of("a"),
                values(cluster.await(cluster.owner(KEY, 0).keyspace().get(KEY, ReadOptions.all()))));
        cluster.settle();
        assertEquals(List.of("a"), cluster.heldValues(cluster.owner(KEY, 2), KEY));
    }

    @Test
    void absentAtAllIsAbsent() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.CAUSAL);
        ReadResult result = cluster.await(cluster.host(0).keyspace().get(KEY, ReadOptions.atomic()));
        assertInstanceOf(ReadResult.Absent.class, result);
        assertEquals(Guarantee.ATOMIC, result.receipt().guarantee());
        cluster.settle();
    }

    @Test
    void oneReplicaPromisesNothing() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.CAUSAL);
        put(cluster, 5, "a", 1);
        ReadResult result = cluster.await(cluster.owner(KEY, 0).keyspace().get(KEY, ReadOptions.one()));
        assertInstanceOf(ReadResult.Absent.class, result);
        assertEquals(Guarantee.EVENTUAL, result.receipt().guarantee());
        cluster.settle();
    }

    @Test
    void damageAtOneIsStillRightAndAtTwoIsNeverAbsent() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.CAUSAL);
        put(cluster, 5, "a", 0, 1, 2);
        for (int i = 0; i < 3; i++) {
            cluster.owner(KEY, i).node.disk().corrupt(Token.of(KEY), KEY);
            for (int reader = 0; reader < 3; reader++) {
                CompletionStage<ReadResult> read =
                        cluster.owner(KEY, reader).keyspace().get(KEY);
                if (i == 0) {
                    assertEquals(List.of("a"), values(cluster.await(read)));
                } else {
                    cluster.failure(CorruptRangeException.class, read);
                }
            }
        }
        cluster.settle();
    }

    @Test
    void replicaThatFailsBetweenDigestAndFetchIsReplaced() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.CAUSAL);
        put(cluster, 5, "a", 1, 2);
        Host gone = cluster.owner(KEY, 1);
        cluster.world
                .network()
                .deliverOnly((from, message) -> !(message instanceof ReadReply reply
                        && from.node().equals(gone.node.settings().node())
                        && reply.record().isPresent()));
        ReadResult result = cluster.await(cluster.owner(KEY, 0).keyspace().get(KEY));
        assertEquals(List.of("a"), values(result));
        assertEquals(3, result.receipt().received(), "the digest counts once another replica brought its record");
        cluster.settle();
    }

    @Test
    void replicaThatMayHaveForgottenNeverCounts() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.CAUSAL);
        put(cluster, 5, "a", 2);
        cluster.owner(KEY, 1).rings.stand(Standing.AMNESIAC);
        ReadResult result = cluster.await(cluster.owner(KEY, 0).keyspace().get(KEY));
        assertEquals(List.of("a"), values(result));
        assertEquals(Outcome.NOT_ADMITTED, result.receipt().replicas().get(1).outcome());
        assertEquals(2, result.receipt().received());
        cluster.owner(KEY, 2).rings.stand(Standing.AMNESIAC);
        UnavailableException failure = cluster.failure(
                UnavailableException.class, cluster.owner(KEY, 0).keyspace().get(KEY));
        assertEquals(1, failure.receipt().received());
        assertEquals(Effect.NOT_APPLIED, failure.effect());
        cluster.settle();
    }

    @Test
    void slowReplicasAreHedgedOneAfterTheOther() {
        Cluster cluster = new Cluster(
                1,
                5,
                new KeyspaceSettings("ks", KeyspaceMode.CAUSAL, 5, 3, 3, false, 1_000, 100, 8, KeyspaceStorage.DEFAULT),
                Cluster.CONFIG);
        put(cluster, 5, "a", 0, 1, 2, 3, 4);
        cluster.owner(KEY, 1).node.pause(Duration.ofSeconds(5));
        cluster.owner(KEY, 2).node.pause(Duration.ofSeconds(5));
        long before = cluster.world.nanos();
        assertEquals(
                List.of("a"),
                values(cluster.await(cluster.owner(KEY, 0).keyspace().get(KEY))));
        assertTrue(cluster.world.nanos() - before < 150_000_000, "took " + (cluster.world.nanos() - before));
        cluster.settle();
    }

    @Test
    void slowFirstReplicaIsHedged() {
        Cluster cluster = Cluster.of(5, KeyspaceMode.CAUSAL);
        put(cluster, 5, "a", 0, 1, 2);
        cluster.owner(KEY, 0).node.pause(Duration.ofSeconds(5));
        long before = cluster.world.nanos();
        assertEquals(
                List.of("a"),
                values(cluster.await(cluster.owner(KEY, 4).keyspace().get(KEY))));
        assertTrue(cluster.world.nanos() - before < 100_000_000);
        cluster.settle();
    }

    @Test
    void atomicReadWritesBackToAMajorityFirst() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.CAUSAL);
        put(cluster, 5, "a", 0);
        ReadResult result = cluster.await(cluster.owner(KEY, 0).keyspace().get(KEY, ReadOptions.atomic()));
        assertEquals(Guarantee.ATOMIC, result.receipt().guarantee());
        long holders = List.of(0, 1, 2).stream()
                .filter(i -> !cluster.heldValues(cluster.owner(KEY, i), KEY).isEmpty())
                .count();
        assertTrue(holders >= 2, holders + " hold it");
        cluster.settle();
    }

    @Test
    void atomicReadThatCannotWriteBackSaysSo() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.CAUSAL);
        put(cluster, 5, "a", 0);
        cluster.world.network().deliverOnly((from, message) -> !(message instanceof WriteRequest));
        GuaranteeNotMetException failure = cluster.failure(
                GuaranteeNotMetException.class, cluster.owner(KEY, 0).keyspace().get(KEY, ReadOptions.atomic()));
        assertEquals(Effect.NOT_APPLIED, failure.effect());
        cluster.settle();
    }

    @Test
    void atomicReadWhoseMajorityAgreesRepairsTheOthersBehind() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.CAUSAL);
        put(cluster, 5, "a", 0, 2);
        cluster.owner(KEY, 1).rings.stand(Standing.AMNESIAC);
        cluster.await(cluster.owner(KEY, 0).keyspace().get(KEY, ReadOptions.atomic()));
        cluster.settle();
        assertEquals(List.of("a"), cluster.heldValues(cluster.owner(KEY, 1), KEY));
    }

    @Test
    void atomicReadsNeverRegressAmongPartialWrites() {
        long seed = Long.getLong("annulus.seed", 1);
        System.out.println("GetTest annulus.seed=" + seed);
        for (int run = 0; run < 20; run++) {
            Cluster cluster =
                    new Cluster(seed + run, 3, Cluster.settings(KeyspaceMode.LAST_WRITE_WINS), Cluster.CONFIG);
            int last = -1;
            for (int i = 0; i < 20; i++) {
                cluster.world.network().heal();
                cluster.world
                        .network()
                        .isolate(cluster.nodes.get(cluster.world.random().nextInt(3)));
                Host writer = cluster.host(cluster.world.random().nextInt(3));
                writer.keyspace().put(KEY, bytes("" + i), WriteOptions.acks(1).withTimeoutMillis(20));
                cluster.runMillis(cluster.world.random().nextInt(30));
                Host reader = cluster.host(cluster.world.random().nextInt(3));
                ReadResult[] seen = new ReadResult[1];
                reader.keyspace()
                        .get(KEY, ReadOptions.atomic().withTimeoutMillis(200))
                        .whenComplete((result, failure) -> seen[0] = result);
                cluster.runMillis(300);
                if (seen[0] != null && seen[0].value().isPresent()) {
                    int now = Integer.parseInt(text(seen[0].value().get()));
                    assertTrue(now >= last, "seed " + (seed + run) + ": " + now + " after " + last);
                    last = now;
                }
            }
            assertTrue(last >= 0, "seed " + (seed + run) + ": nothing was read");
            cluster.world.network().heal();
            cluster.settle();
        }
    }

    @Test
    void expiredValuesAreHiddenAndStillCovered() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.CAUSAL);
        Host host = cluster.owner(KEY, 0);
        cluster.await(host.keyspace().put(KEY, bytes("a"), WriteOptions.acks(3).withTtlMillis(500)));
        assertEquals(List.of("a"), values(cluster.await(host.keyspace().get(KEY))));
        cluster.runMillis(500);
        ReadResult result = cluster.await(host.keyspace().get(KEY));
        assertInstanceOf(ReadResult.Tombstone.class, result);
        assertEquals(
                1,
                cluster.await(host.keyspace().put(KEY, bytes("b"), WriteOptions.replacing(result.context())))
                        .siblings());
        cluster.settle();
    }

    @Test
    void deletedIsATombstone() {
        for (KeyspaceMode mode : KeyspaceMode.values()) {
            Cluster cluster = Cluster.of(3, mode);
            Host host = cluster.owner(KEY, 0);
            cluster.await(host.keyspace().put(KEY, bytes("a")));
            ReadResult seen = cluster.await(host.keyspace().get(KEY));
            assertEquals(
                    0,
                    cluster.await(host.keyspace().delete(KEY, WriteOptions.replacing(seen.context())))
                            .siblings());
            assertInstanceOf(
                    ReadResult.Tombstone.class, cluster.await(host.keyspace().get(KEY)));
            cluster.settle();
        }
    }

    @Test
    void answersHeldBackByAnAbsentReplicaAreNotEnough() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.CAUSAL);
        put(cluster, 5, "a", 0);
        cluster.believe(cluster.owner(KEY, 1), MemberStatus.DOWN);
        cluster.believe(cluster.owner(KEY, 2), MemberStatus.DOWN);
        UnavailableException failure = cluster.failure(
                UnavailableException.class, cluster.owner(KEY, 0).keyspace().get(KEY));
        assertEquals(Outcome.NOT_ASKED, failure.receipt().replicas().get(2).outcome());
        cluster.settle();
    }

    @Test
    void repairsBehindAreBoundedAndLeaveNoTimer() {
        ReplicationConfig two = new ReplicationConfig(2, 50, 100, 8, 10);
        Cluster cluster = new Cluster(1, 3, Cluster.settings(KeyspaceMode.CAUSAL), two);
        put(cluster, 5, "a", 0);
        Host host = cluster.owner(KEY, 0);
        cluster.world.network().deliverOnly((from, message) -> !(message instanceof WriteRequest));
        for (int i = 0; i < 6; i++) {
            assertEquals(List.of("a"), values(cluster.await(host.keyspace().get(KEY))));
        }
        assertEquals(2, host.core().underway());
        assertTrue(host.core().failedRepairs() >= 4);
        cluster.settle();
    }

    @Test
    void endpointsTellWhatEachOwnerHolds() {
        Cluster cluster = Cluster.of(5, KeyspaceMode.CAUSAL);
        put(cluster, 5, "a", 0);
        cluster.world.network().isolate(cluster.owner(KEY, 2).node);
        List<ReplicaHolding> holdings =
                cluster.await(cluster.owner(KEY, 4).replication.annulus().endpoints("ks", KEY, 100));
        assertEquals(
                List.of(State.VALUE, State.ABSENT, State.SILENT),
                holdings.stream().map(ReplicaHolding::state).toList());
        assertArrayEquals(bytes("a"), holdings.get(0).siblings().get(0).value());
        cluster.settle();
    }
}

package io.annulus.testkit;

import static io.annulus.testkit.Stages.await;
import static io.annulus.testkit.Stages.bytes;
import static io.annulus.testkit.Stages.failureOf;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.Keyspace;
import io.annulus.api.KeyspaceMode;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.OutcomeUnknownException;
import io.annulus.api.ReadOptions;
import io.annulus.api.ReadResult;
import io.annulus.api.StoreClosedException;
import io.annulus.api.UnavailableException;
import io.annulus.api.WriteOptions;
import io.annulus.api.WriteResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TestClusterTest {

    private static final byte[] KEY = bytes("key");
    private static final byte[] VALUE = bytes("value");

    @RegisterExtension
    final AnnulusExtension annulus = AnnulusExtension.cluster(3)
            .keyspace("carts", KeyspaceMode.CAUSAL)
            .keyspace("prices", KeyspaceMode.LAST_WRITE_WINS);

    @Test
    void deadlineTakesVirtualTime(TestCluster cluster, @InKeyspace("carts") Keyspace carts) {
        cluster.crash(3);
        Duration before = cluster.time();
        assertInstanceOf(OutcomeUnknownException.class, failureOf(carts.put(KEY, VALUE, WriteOptions.acks(3))));
        Duration waited = cluster.time().minus(before);
        assertTrue(waited.toMillis() >= 5_000 && waited.toMillis() < 5_010, waited::toString);
    }

    @Test
    void partitionLeavesTheMinorityWithoutQuorum(TestCluster cluster) {
        cluster.partition(List.of(1), List.of(2, 3));
        assertInstanceOf(
                OutcomeUnknownException.class,
                failureOf(cluster.keyspace("carts").put(KEY, VALUE)));
        assertInstanceOf(
                UnavailableException.class, failureOf(cluster.keyspace("carts").get(KEY)));
        assertEquals(1, await(cluster.keyspace("carts", 2).put(KEY, VALUE)).siblings());
        cluster.heal();
        cluster.awaitAllUp();
        assertTrue(await(cluster.keyspace("carts").get(KEY)).values().size() >= 1);
    }

    @Test
    void writesDuringAPartitionBecomeSiblings(TestCluster cluster) {
        WriteOptions one = WriteOptions.acks(1);
        cluster.isolate(1);
        await(cluster.keyspace("carts", 1).put(KEY, bytes("here"), one));
        await(cluster.keyspace("carts", 2).put(KEY, bytes("there"), one));
        cluster.heal();
        cluster.awaitAllUp();
        assertEquals(
                2,
                await(cluster.keyspace("carts").get(KEY, ReadOptions.all()))
                        .values()
                        .size());
    }

    @Test
    void hintsBringWhatWasMissed(TestCluster cluster) {
        WriteOptions one = WriteOptions.acks(1);
        cluster.isolate(1);
        await(cluster.keyspace("carts", 1).put(KEY, bytes("here"), one));
        await(cluster.keyspace("carts", 2).put(KEY, bytes("there"), one));
        cluster.heal();
        cluster.advance(Duration.ofSeconds(30));
        for (int node = 1; node <= 3; node++) {
            ReadResult found = await(cluster.keyspace("carts", node).get(KEY, ReadOptions.one()));
            assertEquals(2, found.values().size(), "at node " + node);
        }
    }

    @Test
    void crashAndRestartKeepWhatWasAcknowledged(TestCluster cluster, @InKeyspace("carts") Keyspace carts) {
        await(carts.put(KEY, VALUE, WriteOptions.acks(3)));
        List.of(1, 2, 3).forEach(cluster::crash);
        assertFalse(cluster.isRunning(2));
        assertInstanceOf(StoreClosedException.class, failureOf(carts.get(KEY)));
        List.of(1, 2, 3).forEach(cluster::restart);
        cluster.awaitAllUp();
        assertArrayEquals(
                VALUE, await(carts.get(KEY, ReadOptions.all())).value().orElseThrow());
    }

    @Test
    void operationsOfACrashedNodeEnd(TestCluster cluster, @InKeyspace("carts") Keyspace carts) {
        CompletionStage<WriteResult> put = carts.put(KEY, VALUE);
        CompletionStage<ReadResult> get = carts.get(KEY);
        cluster.crash(1);
        assertInstanceOf(OutcomeUnknownException.class, failureOf(put));
        assertInstanceOf(StoreClosedException.class, failureOf(get));
    }

    @Test
    void plannedFaultComesWhileAnOperationIsUnderWay(TestCluster cluster, @InKeyspace("carts") Keyspace carts) {
        Duration before = cluster.time();
        cluster.after(Duration.ofNanos(50_000), () -> cluster.crash(1));
        assertInstanceOf(OutcomeUnknownException.class, failureOf(carts.put(KEY, VALUE)));
        assertEquals(before.plusNanos(50_000), cluster.time());
    }

    @Test
    void nodeThatIsDownIsNotAsked(TestCluster cluster, @InKeyspace("carts") Keyspace carts) {
        cluster.crash(2);
        cluster.crash(3);
        cluster.awaitDown(2);
        cluster.awaitDown(3);
        Duration before = cluster.time();
        assertInstanceOf(UnavailableException.class, failureOf(carts.put(KEY, VALUE)));
        assertTrue(cluster.time().minus(before).toMillis() < 10);
    }

    @Test
    void plantedSiblingsAreFound(TestCluster cluster, @InKeyspace(value = "carts", node = 3) Keyspace carts) {
        cluster.failNext(Fault.WRITE_OVERLOADED);
        cluster.plantSiblings("carts", KEY, bytes("a"), bytes("b"), bytes("c"), bytes("d"));
        ReadResult.Found found = assertInstanceOf(ReadResult.Found.class, await(carts.get(KEY)));
        assertEquals(
                List.of("a", "b", "c", "d"),
                found.values().stream().map(Stages::text).sorted().toList());
    }

    @Test
    void timeToLiveEndsWithVirtualTime(TestCluster cluster, @InKeyspace("prices") Keyspace prices) {
        await(prices.put(KEY, VALUE, WriteOptions.defaults().withTtlMillis(60_000)));
        cluster.advance(Duration.ofSeconds(50));
        assertEquals(1, await(prices.get(KEY)).values().size());
        cluster.advance(Duration.ofSeconds(11));
        assertEquals(0, await(prices.get(KEY)).values().size());
    }

    @Test
    void manyPutsMayBeginAtOnce(@InKeyspace("carts") Keyspace carts) {
        List<CompletionStage<WriteResult>> puts = IntStream.range(0, 1000)
                .mapToObj(i -> carts.put(bytes("key" + i), VALUE))
                .toList();
        puts.forEach(put -> assertEquals(1, await(put).siblings()));
    }

    @Test
    void sameSeedTakesTheSameCourse() {
        assertEquals(course(5), course(5));
        assertNotEquals(course(5), course(6));
    }

    @Test
    void endOfTheTestEndsItsOperations() {
        TestCluster cluster = started(1);
        Keyspace carts = cluster.keyspace("carts");
        CompletionStage<WriteResult> put = carts.put(KEY, VALUE);
        cluster.close();
        assertInstanceOf(OutcomeUnknownException.class, failureOf(put));
        assertInstanceOf(StoreClosedException.class, failureOf(carts.get(KEY)));
    }

    @Test
    void misuseNamesTheValueAndTheMend(TestCluster cluster) {
        refused("there is no node 4 of 3; name one of 1 to 3", () -> cluster.keyspace("carts", 4));
        refused("there is no node 0 of 3", () -> cluster.crash(0));
        refused(
                "keyspace 'cart' is not one of [carts, prices]; add .keyspace(\"cart\"",
                () -> cluster.keyspace("cart"));
        refused("a partition of [1, 2] from [2, 3] has", () -> cluster.partition(List.of(1, 2), List.of(2, 3)));
        refused("a partition of [1] from [] has", () -> cluster.partition(List.of(1), List.of()));
        refused("time does not go back by PT1S", () -> cluster.advance(Duration.ofSeconds(-1)));
        refused("0 times", () -> cluster.failNext(Fault.READ_CORRUPT, 0));
        refused("keyspace 'prices' is last-write-wins", () -> cluster.plantSiblings("prices", KEY, VALUE));
        refused("node 2 runs; crash(2) comes first", () -> cluster.restart(2));
        refused(
                "hold node 2 to be down; crash or isolate it first (seed " + cluster.seed(),
                () -> cluster.awaitDown(2));
        cluster.crash(2);
        refused("node 2 is down already; restart(2) comes first", () -> cluster.crash(2));
        KeyspaceSettings carts = cluster.keyspace("carts").settings();
        refused("keyspace 'carts' is configured twice", () -> TestCluster.start(1, List.of(carts, carts), 1));
        refused("a cluster of 17 nodes", () -> AnnulusExtension.cluster(17));
    }

    private static void refused(String text, Runnable misuse) {
        RuntimeException refusal = assertThrows(RuntimeException.class, misuse::run);
        assertTrue(refusal.getMessage().contains(text), refusal::toString);
    }

    private static String course(long seed) {
        try (TestCluster cluster = started(seed)) {
            cluster.crash(2);
            WriteResult put = await(cluster.keyspace("carts").put(KEY, VALUE));
            return put.dot() + " " + cluster.time();
        }
    }

    private static TestCluster started(long seed) {
        return TestCluster.start(3, List.of(KeyspaceSettings.of("carts", KeyspaceMode.CAUSAL, 3)), seed);
    }
}

package io.annulus.replication;

import static io.annulus.replication.Cluster.bytes;
import static io.annulus.replication.Cluster.text;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.Context;
import io.annulus.api.Keyspace;
import io.annulus.api.KeyspaceMode;
import io.annulus.api.LimitExceededException;
import io.annulus.api.OutcomeUnknownException;
import io.annulus.api.OverloadedException;
import io.annulus.api.ReadOptions;
import io.annulus.api.ReadResult;
import io.annulus.api.StoreClosedException;
import io.annulus.api.UnavailableException;
import io.annulus.api.WriteOptions;
import io.annulus.api.WriteResult;
import io.annulus.api.cluster.MemberStatus;
import io.annulus.api.ring.RingState.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What the consumer sees. */
final class StoreKeyspaceTest {

    private static final byte[] KEY = bytes("key");

    private final Cluster cluster = Cluster.of(3, KeyspaceMode.CAUSAL);
    private final Keyspace keyspace = cluster.owner(KEY, 0).keyspace();

    @Test
    void badKeysAreNamed() {
        refused("key of 0 bytes is not 1 to 1024 bytes; use a longer", () -> keyspace.get(new byte[0]));
        refused("key of 1025 bytes", () -> keyspace.put(new byte[1025], KEY));
        refused("key of 1025 bytes", () -> keyspace.delete(new byte[1025], WriteOptions.defaults()));
        refused("key of 0 bytes", () -> keyspace.update(new byte[0], values -> Optional.empty()));
        refused("key of 0 bytes", () -> cluster.host(0).replication.annulus().endpoints("ks", new byte[0], 10));
    }

    @Test
    void badOptionsAreNamedWithTheMend() {
        refused(
                "R = 4 is above the N = 3 of keyspace 'ks'; ask for 1 to 3",
                () -> keyspace.get(KEY, ReadOptions.of(4)));
        refused("W = 4 is above the N = 3 of keyspace 'ks'; ask for 1 to 3", () -> put(WriteOptions.acks(4)));
        refused("malformed", () -> put(WriteOptions.replacing(Context.of(new byte[] {9, 9}))));
        refused("read the key and pass the context", () -> keyspace.delete(KEY, WriteOptions.defaults()));
        Context seen = cluster.await(put(WriteOptions.defaults())).context();
        refused(
                "name 5 ms; leave it out",
                () -> keyspace.delete(KEY, WriteOptions.replacing(seen).withTtlMillis(5)));
        refused(
                "the options bring one; leave it out",
                () -> keyspace.update(
                        KEY, values -> Optional.empty(), ReadOptions.defaults(), WriteOptions.replacing(seen)));
        refused(
                "no keyspace 'other'; this node serves [ks]",
                () -> cluster.host(0).replication.annulus().endpoints("other", KEY, 10));
        refused(
                "timeout of 0 ms is not 1 to 600000",
                () -> cluster.host(0).replication.annulus().endpoints("ks", KEY, 0));
    }

    @Test
    void valueThatIsTooLargeNamesTheLimitAndItsKey() {
        LimitExceededException failure =
                cluster.failure(LimitExceededException.class, keyspace.put(KEY, new byte[(1 << 20) + 1]));
        assertTrue(failure.getMessage().contains("value of 1048577 bytes is above the 1048576"));
        assertTrue(failure.getMessage().contains("maxValueBytes in annulus.keyspace-ks.cfg"));
    }

    @Test
    void moreReplicasThanMembersIsUnavailable() {
        Cluster two = Cluster.of(2, KeyspaceMode.CAUSAL);
        WriteResult result = two.await(two.host(0).keyspace().put(KEY, bytes("a")));
        assertEquals(2, result.receipt().copies());
        two.failure(UnavailableException.class, two.host(0).keyspace().put(KEY, bytes("a"), WriteOptions.acks(3)));
        two.failure(UnavailableException.class, two.host(0).keyspace().get(KEY, ReadOptions.of(3)));
        two.settle();
    }

    @Test
    void updateMergesSiblings() {
        cluster.await(keyspace.put(KEY, bytes("a")));
        cluster.await(keyspace.put(KEY, bytes("b")));
        WriteResult result = cluster.await(keyspace.update(KEY, values -> Optional.of(joined(values))));
        assertEquals(1, result.siblings());
        assertEquals(List.of("ab"), cluster.heldValues(cluster.owner(KEY, 0), KEY));
        cluster.settle();
    }

    @Test
    void updateRepeatsWhileAnotherWritesAndGivesUpAfterFour() {
        List<String> merged = new ArrayList<>();
        WriteResult result = cluster.await(keyspace.update(KEY, values -> {
            merged.add(text(joined(values)));
            keyspace.put(KEY, bytes("x"));
            return Optional.of(bytes("m"));
        }));
        assertEquals(4, merged.size());
        assertEquals("", merged.get(0));
        assertEquals(2, result.siblings());
        cluster.settle();
    }

    @Test
    void updateToNothingDeletes() {
        cluster.await(keyspace.put(KEY, bytes("a")));
        cluster.await(keyspace.update(
                KEY,
                values -> Optional.empty(),
                ReadOptions.defaults(),
                WriteOptions.defaults().withTtlMillis(1_000)));
        assertInstanceOf(ReadResult.Tombstone.class, cluster.await(keyspace.get(KEY)));
        cluster.settle();
    }

    @Test
    void updateFailsWithTheErrorItself() {
        cluster.believe(cluster.owner(KEY, 1), MemberStatus.DOWN);
        cluster.believe(cluster.owner(KEY, 2), MemberStatus.DOWN);
        cluster.failure(UnavailableException.class, keyspace.update(KEY, values -> Optional.of(KEY)));
        cluster.believe(cluster.owner(KEY, 1), MemberStatus.UP);
        cluster.failure(ArithmeticException.class, keyspace.update(KEY, values -> {
            throw new ArithmeticException("the consumer's own");
        }));
        cluster.settle();
    }

    @Test
    void updateThatWroteOnceIsNotSaidToBeNotApplied() {
        List<String> merged = new ArrayList<>();
        cluster.failure(OutcomeUnknownException.class, keyspace.update(KEY, values -> {
            merged.add(text(joined(values)));
            if (merged.size() == 1) {
                keyspace.put(KEY, bytes("x"));
            } else {
                cluster.believe(cluster.owner(KEY, 1), MemberStatus.DOWN);
                cluster.believe(cluster.owner(KEY, 2), MemberStatus.DOWN);
            }
            return Optional.of(bytes("m"));
        }));
        assertEquals(2, merged.size());
        assertTrue(cluster.heldValues(cluster.owner(KEY, 0), KEY).contains("m"));
        cluster.settle();
    }

    @Test
    void nodeWithoutAUsableRingServesNothing() {
        cluster.owner(KEY, 0).rings.stand(Standing.CONFLICT);
        cluster.failure(StoreClosedException.class, keyspace.get(KEY));
        cluster.failure(StoreClosedException.class, keyspace.put(KEY, bytes("a")));
        assertEquals(false, cluster.owner(KEY, 0).replication.annulus().status().serving());
        cluster.settle();
    }

    @Test
    void closedKeyspaceAndTwinAreRefused() {
        Host host = cluster.owner(KEY, 0);
        cluster.failure(IllegalArgumentException.class, host.replication.openKeyspace(cluster.settings));
        cluster.await(host.replication.closeKeyspace("ks"));
        cluster.failure(StoreClosedException.class, keyspace.get(KEY));
        assertEquals(List.of(), host.replication.annulus().keyspaces());
        cluster.await(host.replication.openKeyspace(cluster.settings));
        assertTrue(host.replication.annulus().keyspace("ks").isPresent());
        cluster.settle();
    }

    @Test
    void fullQueueOfTheLoopIsOverload() {
        Host host = cluster.owner(KEY, 0);
        host.node.loop().limitOutsideTasks(0);
        cluster.failure(OverloadedException.class, keyspace.get(KEY));
        cluster.settle();
    }

    private CompletionStage<WriteResult> put(WriteOptions options) {
        return keyspace.put(KEY, bytes("a"), options);
    }

    private static byte[] joined(List<byte[]> values) {
        return bytes(String.join("", values.stream().map(Cluster::text).sorted().toList()));
    }

    private static void refused(String message, Executable call) {
        String text = assertThrows(IllegalArgumentException.class, call).getMessage();
        assertTrue(text.contains(message), text);
    }
}

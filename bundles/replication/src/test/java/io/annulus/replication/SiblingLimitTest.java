package io.annulus.replication;

import static io.annulus.replication.Cluster.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.annulus.api.Context;
import io.annulus.api.KeyspaceMode;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.KeyspaceStorage;
import io.annulus.api.LimitExceededException;
import io.annulus.api.WriteOptions;
import org.junit.jupiter.api.Test;

/** How many siblings, and of what size, a key may gather: puts that merge them always pass. */
final class SiblingLimitTest {

    private static final byte[] KEY = bytes("key");

    @Test
    void tooManySiblingsRefuseBlindPutsOnly() {
        KeyspaceSettings settings =
                new KeyspaceSettings("ks", KeyspaceMode.CAUSAL, 3, 2, 2, false, 1_000, 100, 2, KeyspaceStorage.DEFAULT);
        Cluster cluster = new Cluster(1, 3, settings, Cluster.CONFIG);
        Host coordinator = cluster.owner(KEY, 0);
        cluster.await(coordinator.keyspace().put(KEY, bytes("a")));
        Context seen =
                cluster.await(coordinator.keyspace().put(KEY, bytes("b"))).context();
        cluster.failure(LimitExceededException.class, coordinator.keyspace().put(KEY, bytes("c")));
        assertEquals(
                1,
                cluster.await(coordinator.keyspace().put(KEY, bytes("d"), WriteOptions.replacing(seen)))
                        .siblings());
        cluster.settle();
    }

    @Test
    void putThatHasNotSeenTheSiblingsIsRefusedWhateverItsContext() {
        KeyspaceSettings settings =
                new KeyspaceSettings("ks", KeyspaceMode.CAUSAL, 3, 2, 2, false, 1_000, 100, 2, KeyspaceStorage.DEFAULT);
        Cluster cluster = new Cluster(1, 3, settings, Cluster.CONFIG);
        Host coordinator = cluster.owner(KEY, 0);
        Context old = cluster.await(coordinator.keyspace().put(KEY, bytes("a"))).context();
        cluster.await(coordinator.keyspace().put(KEY, bytes("b"), WriteOptions.replacing(old)));
        cluster.await(coordinator.keyspace().put(KEY, bytes("c"), WriteOptions.replacing(old)));
        cluster.failure(
                LimitExceededException.class, coordinator.keyspace().put(KEY, bytes("d"), WriteOptions.replacing(old)));
        cluster.settle();
    }

    @Test
    void siblingsTooLargeForAMessageAreRefusedAndOneLargeValueIsNot() {
        int large = PutCoordinator.MAX_SIBLING_RECORD_BYTES - 1_000;
        KeyspaceSettings settings = new KeyspaceSettings(
                "ks", KeyspaceMode.CAUSAL, 3, 2, 2, false, 1_000, 4 << 20, 64, KeyspaceStorage.DEFAULT);
        Cluster cluster = new Cluster(1, 3, settings, Cluster.CONFIG);
        Host coordinator = cluster.owner(KEY, 0);
        Context seen =
                cluster.await(coordinator.keyspace().put(KEY, new byte[large])).context();
        cluster.failure(LimitExceededException.class, coordinator.keyspace().put(KEY, new byte[2_000]));
        assertEquals(
                1,
                cluster.await(coordinator.keyspace().put(KEY, new byte[4 << 20], WriteOptions.replacing(seen)))
                        .siblings());
        cluster.settle();
    }
}

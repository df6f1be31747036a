package io.annulus.replication;

import static io.annulus.replication.Cluster.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.Guarantee;
import io.annulus.api.GuaranteeNotMetException;
import io.annulus.api.KeyspaceMode;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.ReadOptions;
import io.annulus.api.ReadResult;
import io.annulus.api.WriteOptions;
import io.annulus.api.WriteResult;
import io.annulus.api.storage.Durability;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a node that keeps nothing, or may lose it, means for writes and receipts. */
final class LossTest {

    private static final byte[] KEY = bytes("key");

    @Test
    void hintsThatTheCoordinatorCannotKeepAreLeftWithWhoHoldsTheRecord() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.LAST_WRITE_WINS);
        Host fenced = cluster.owner(KEY, 0);
        fenced.node.disk().setFailsSync(true);
        cluster.await(fenced.keyspace().put(KEY, bytes("a")));
        cluster.runMillis(100);
        Host missed = cluster.owner(KEY, 1);
        fenced.messenger.refuse(missed.node.settings().endpoint()::equals);
        cluster.await(fenced.keyspace().put(KEY, bytes("b"), WriteOptions.acks(1)));
        cluster.settle();
        assertEquals(List.of("b"), cluster.heldValues(missed, KEY));
        assertEquals(0, fenced.core().hints().count());
        Host holder = cluster.owner(KEY, 2);
        assertEquals(
                Set.of(fenced.node.settings().node()), holder.core().hints().owners());
    }

    @Test
    void noQuorumIsClaimedOfWhatAPowerCutMayTakeBack() {
        KeyspaceSettings settings = Cluster.settings(KeyspaceMode.CAUSAL).with(Durability.WRITTEN);
        Cluster cluster = new Cluster(1, 3, settings, Cluster.CONFIG);
        Host coordinator = cluster.owner(KEY, 0);
        WriteResult written = cluster.await(coordinator.keyspace().put(KEY, bytes("a"), WriteOptions.acks(3)));
        assertEquals(Guarantee.EVENTUAL, written.receipt().guarantee());
        ReadResult read = cluster.await(coordinator.keyspace().get(KEY, ReadOptions.all()));
        assertEquals(Guarantee.EVENTUAL, read.receipt().guarantee());
        GuaranteeNotMetException refusal = cluster.failure(
                GuaranteeNotMetException.class, coordinator.keyspace().get(KEY, ReadOptions.atomic()));
        assertTrue(refusal.getMessage().contains("durability = synced"), refusal::getMessage);
        cluster.settle();
    }
}

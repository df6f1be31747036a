package io.annulus.replication;

import static io.annulus.replication.Cluster.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.CorruptRangeException;
import io.annulus.api.KeyspaceMode;
import io.annulus.api.WriteOptions;
import io.annulus.api.WriteResult;
import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.Entry;
import io.annulus.api.storage.Table;
import io.annulus.simulator.DiskSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Concurrent writes of one key at one owner. */
final class KeyChainsTest {

    private static final byte[] KEY = bytes("key");
    private static final Token TOKEN = Token.of(KEY);

    private final KeyChains chains = new KeyChains();
    private final StalledTable table = new StalledTable();
    private final List<String> log = new ArrayList<>();

    @Test
    void latestPassesFromWriteToWrite() {
        chains.enter(table, TOKEN, KEY, composer("a", true));
        chains.enter(table, TOKEN, KEY, composer("b", true));
        assertEquals(List.of(), log);
        table.reads.get(0).onResult(Optional.of(bytes("0")));
        chains.enter(table, TOKEN, KEY, composer("c", true));
        assertEquals(List.of("a on 0", "b on a", "c on b"), log);
        assertEquals(1, table.reads.size());
        for (int i = 0; i < 3; i++) {
            assertEquals(1, chains.size());
            chains.appendEnded(table, KEY);
        }
        assertEquals(0, chains.size());
    }

    @Test
    void writeThatIsRefusedLeavesTheLatestAsItWas() {
        chains.enter(table, TOKEN, KEY, composer("a", false));
        chains.enter(table, TOKEN, KEY, composer("b", true));
        table.reads.get(0).onResult(Optional.of(bytes("0")));
        assertEquals(List.of("a on 0", "b on 0"), log);
        chains.appendEnded(table, KEY);
        assertEquals(0, chains.size());
    }

    @Test
    void failedReadFailsAllThatWait() {
        chains.enter(table, TOKEN, KEY, composer("a", true));
        chains.enter(table, TOKEN, KEY, composer("b", true));
        table.reads.get(0).onFailure(new CorruptDataException("damaged"));
        assertEquals(List.of("a failed", "b failed"), log);
        assertEquals(0, chains.size());
        chains.enter(table, TOKEN, KEY, composer("c", true));
        assertEquals(2, table.reads.size());
    }

    @Test
    void writeThatLeftIsNotComposed() {
        KeyChains.Composer leaving = composer("a", true);
        chains.enter(table, TOKEN, KEY, leaving);
        chains.leave(table, KEY, leaving);
        table.reads.get(0).onResult(Optional.empty());
        assertEquals(List.of(), log);
        assertEquals(0, chains.size());
    }

    @Test
    void appendThatEndsAtOnceLeavesNoChain() {
        chains.enter(table, TOKEN, KEY, new KeyChains.Composer() {
            @Override
            public Optional<byte[]> compose(Optional<byte[]> latest) {
                chains.appendBegan(table, KEY);
                chains.appendEnded(table, KEY);
                chains.enter(table, TOKEN, KEY, composer("next", false));
                return latest;
            }

            @Override
            public void latestFailed(Throwable cause) {
                throw new AssertionError(cause);
            }
        });
        table.reads.get(0).onResult(Optional.empty());
        assertEquals(2, table.reads.size());
        assertEquals(1, chains.size());
        table.reads.get(1).onResult(Optional.empty());
        assertEquals(0, chains.size());
    }

    @Test
    void concurrentPutsAtOneOwnerAllSurvive() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.CAUSAL);
        Host owner = cluster.owner(KEY, 0);
        owner.node.disk().set(new DiskSettings(5_000_000, 20_000_000, 5_000_000, 1_000));
        List<CompletionStage<WriteResult>> stages = new ArrayList<>();
        List<String> values = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            stages.add(owner.keyspace().put(KEY, bytes("v" + i), WriteOptions.acks(3)));
            values.add("v" + i);
            cluster.runMillis(i % 3);
        }
        stages.forEach(cluster::await);
        for (int i = 0; i < 3; i++) {
            assertEquals(values, cluster.heldValues(cluster.owner(KEY, i), KEY));
        }
        cluster.settle();
    }

    @Test
    void damageUnderThePutIsToldAndNothingIsWritten() {
        Cluster cluster = Cluster.of(3, KeyspaceMode.CAUSAL);
        Host owner = cluster.owner(KEY, 0);
        owner.node.disk().corrupt(TOKEN, KEY);
        cluster.failure(CorruptRangeException.class, owner.keyspace().put(KEY, bytes("a")));
        cluster.settle();
        assertTrue(cluster.held(cluster.owner(KEY, 1), KEY).isEmpty());
    }

    private KeyChains.Composer composer(String name, boolean writes) {
        return new KeyChains.Composer() {
            @Override
            public Optional<byte[]> compose(Optional<byte[]> latest) {
                log.add(name + " on " + latest.map(Cluster::text).orElse("nothing"));
                if (!writes) {
                    return latest;
                }
                chains.appendBegan(table, KEY);
                return Optional.of(bytes(name));
            }

            @Override
            public void latestFailed(Throwable cause) {
                log.add(name + " failed");
            }
        };
    }

    /** A table whose reads the test ends. */
    private static final class StalledTable implements Table {

        private final List<Completion<Optional<byte[]>>> reads = new ArrayList<>();

        @Override
        public String name() {
            return "ks";
        }

        @Override
        public void append(Token token, byte[] key, byte[] record, Completion<Durability> completion) {
            throw new UnsupportedOperationException("chains do not append");
        }

        @Override
        public void read(Token token, byte[] key, Completion<Optional<byte[]>> completion) {
            reads.add(completion);
        }

        @Override
        public void scan(
                Token from, Token to, Optional<byte[]> afterKey, int limit, Completion<List<Entry>> completion) {
            throw new UnsupportedOperationException("chains do not scan");
        }

        @Override
        public void remove(Token token, byte[] key, Completion<Durability> completion) {
            throw new UnsupportedOperationException("chains do not remove");
        }
    }
}

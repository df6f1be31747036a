package io.annulus.replication;

import static io.annulus.replication.Cluster.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.AnnulusException;
import io.annulus.api.AnnulusException.Effect;
import io.annulus.api.Context;
import io.annulus.api.Keyspace;
import io.annulus.api.KeyspaceMode;
import io.annulus.api.ReadOptions;
import io.annulus.api.ReadResult;
import io.annulus.api.WriteOptions;
import io.annulus.api.WriteResult;
import io.annulus.api.cluster.MemberStatus;
import io.annulus.simulator.FaultPlan;
import io.annulus.simulator.RandomFaults;
import io.annulus.simulator.SimulatedNode;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients, faults and wrong opinions at random; then peace, and nothing that was acknowledged is missing. */
final class ClusterSimulationTest {

    private static final int KEYS = 5;
    private static final int STEPS = 1_200;

    private Cluster cluster;
    private List<ClusterHistory> histories;
    private List<Optional<ReadResult>> lastReads;
    private List<AssertionError> wrong;
    private int values;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void acknowledgedWritesSurvive(long seed) {
        simulate(seed);
    }

    @Test
    void acknowledgedWritesSurviveOfAnySeed() {
        long seed = Long.getLong("annulus.seed", new SecureRandom().nextInt(Integer.MAX_VALUE));
        System.out.println("ClusterSimulationTest annulus.seed=" + seed);
        simulate(seed);
    }

    @Test
    void sameSeedIsTheSameTrace() {
        assertEquals(simulate(11), simulate(11));
    }

    private long simulate(long seed) {
        int size = 3 + (int) Math.floorMod(seed, 3L);
        cluster = new Cluster(seed, size, Cluster.settings(KeyspaceMode.CAUSAL), Cluster.CONFIG);
        histories = new ArrayList<>();
        lastReads = new ArrayList<>();
        wrong = new ArrayList<>();
        values = 0;
        for (int i = 0; i < KEYS; i++) {
            histories.add(new ClusterHistory("seed " + seed + " key" + i));
            lastReads.add(Optional.empty());
        }
        RandomFaults strikes = new RandomFaults(cluster.world, cluster.nodes, FaultPlan.harmless(2), incident -> {});
        for (int step = 0; step < STEPS; step++) {
            act();
            if (chance(10)) {
                misjudge();
            }
            if (step % 400 == 399) {
                failASync();
            }
            cluster.runMillis(random(15));
        }
        strikes.end();
        heal();
        cluster.settle();
        cluster.runMillis(20_000);
        check();
        return cluster.world.traceHash();
    }

    private void act() {
        SimulatedNode node = cluster.nodes.get(random(cluster.nodes.size()));
        if (!node.isRunning()) {
            return;
        }
        Keyspace keyspace = cluster.host(cluster.nodes.indexOf(node)).keyspace();
        if (keyspace == null) {
            return;
        }
        int key = random(KEYS);
        switch (random(6)) {
            case 0 -> write(keyspace, key, Optional.of("v" + values++), Optional.empty());
            case 1, 2 -> write(keyspace, key, Optional.of("v" + values++), lastReads.get(key));
            case 3 -> {
                if (lastReads.get(key).isPresent()) {
                    write(keyspace, key, Optional.empty(), lastReads.get(key));
                }
            }
            default -> read(keyspace, key);
        }
    }

    private void write(Keyspace keyspace, int key, Optional<String> value, Optional<ReadResult> read) {
        ClusterHistory history = histories.get(key);
        Context context = read.map(ReadResult::context).orElse(Context.NONE);
        if (value.isEmpty() && context.isNone()) {
            return;
        }
        Set<String> replaces = history.tried(value, read);
        WriteOptions options = WriteOptions.acks(1 + random(3))
                .withContext(context)
                .withSloppy(chance(50))
                .withTimeoutMillis(20 + random(500));
        CompletionStage<WriteResult> stage = value.isPresent()
                ? keyspace.put(key(key), bytes(value.get()), options)
                : keyspace.delete(key(key), options);
        stage.whenComplete((result, failure) -> {
            if (failure == null) {
                history.acknowledged(value, replaces, result);
            } else if (((AnnulusException) failure).effect() == Effect.NOT_APPLIED) {
                history.notApplied(value);
            }
        });
    }

    private void read(Keyspace keyspace, int key) {
        List<ReadOptions> levels =
                List.of(ReadOptions.one(), ReadOptions.quorum(), ReadOptions.all(), ReadOptions.atomic());
        ClusterHistory history = histories.get(key);
        int mustSee = history.mustSee();
        keyspace.get(key(key), levels.get(random(4)).withTimeoutMillis(20 + random(500)))
                .whenComplete((result, failure) -> {
                    if (failure == null) {
                        lastReads.set(key, Optional.of(result));
                        try {
                            history.read(result, mustSee);
                        } catch (AssertionError e) {
                            wrong.add(e);
                        }
                    }
                });
    }

    /** Makes a node believe something of another, right or wrong. */
    private void misjudge() {
        MemberStatus status = MemberStatus.values()[random(3)];
        cluster.host(random(cluster.nodes.size()))
                .membership
                .believe(
                        cluster.nodes
                                .get(random(cluster.nodes.size()))
                                .settings()
                                .node(),
                        status);
    }

    private void failASync() {
        SimulatedNode node = cluster.nodes.get(random(cluster.nodes.size()));
        node.disk().setFailsSync(true);
        cluster.world.after(Duration.ofMillis(random(300)), () -> node.disk().setFailsSync(false));
    }

    private void heal() {
        cluster.nodes.forEach(node -> node.disk().setFailsSync(false));
        cluster.runMillis(500);
        for (int i = 0; i < cluster.nodes.size(); i++) {
            SimulatedNode node = cluster.nodes.get(i);
            if (node.isRunning()) {
                node.crash();
            }
            node.restart();
            cluster.runMillis(100);
        }
        for (int i = 0; i < cluster.nodes.size(); i++) {
            cluster.believe(cluster.host(i), MemberStatus.UP);
        }
    }

    private void check() {
        assertEquals(List.of(), wrong);
        int acknowledgements = 0;
        for (int i = 0; i < KEYS; i++) {
            byte[] key = key(i);
            ReadResult last = cluster.await(cluster.owner(key, 0).keyspace().get(key, ReadOptions.all()));
            cluster.settle();
            histories.get(i).ended(last);
            for (int owner = 1; owner < 3; owner++) {
                assertTrue(
                        Arrays.equals(encoded(key, 0), encoded(key, owner)),
                        "owners of key" + i + " differ, seed " + cluster.world.seed());
            }
            acknowledgements += histories.get(i).acknowledgements();
        }
        for (int i = 0; i < cluster.nodes.size(); i++) {
            assertEquals(
                    0, cluster.host(i).core().hints().count(), cluster.host(i).toString());
        }
        assertTrue(acknowledgements > 30, "only " + acknowledgements + " writes were acknowledged");
    }

    private byte[] encoded(byte[] key, int owner) {
        return cluster.held(cluster.owner(key, owner), key)
                .map(TestRecord::encode)
                .orElse(new byte[0]);
    }

    private int random(int bound) {
        return cluster.world.random().nextInt(bound);
    }

    private boolean chance(int percent) {
        return random(100) < percent;
    }

    private static byte[] key(int i) {
        return bytes("key" + i);
    }
}

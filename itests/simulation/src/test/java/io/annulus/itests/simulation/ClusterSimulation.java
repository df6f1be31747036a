package io.annulus.itests.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.KeyspaceMode;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.ReadOptions;
import io.annulus.api.ReadResult;
import io.annulus.api.ReplicaHolding;
import io.annulus.simulator.NetworkSettings;
import io.annulus.simulator.SimulatedRandom;
import io.annulus.simulator.SimulatedWorld;
import io.annulus.testkit.wiring.Seams;
import io.annulus.testkit.wiring.SimulatedAnnulus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** One run: a cluster under clients and faults, then peace, then the judgement. */
final class ClusterSimulation {

    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final int KEYS = 4;
    private static final int CLIENTS = 4;

    private final SimulatedWorld world;
    private final List<SimulatedAnnulus> nodes;
    private final SimulatedRandom random;
    private final Map<String, WriteLedger> ledgers = new TreeMap<>();
    private final List<ClientSimulation> clients;

    ClusterSimulation(long seed, int size) {
        world = new SimulatedWorld(seed);
        KeyspaceSettings settings = KeyspaceSettings.of("default", KeyspaceMode.CAUSAL, 3);
        nodes = world.addNodes(size).stream()
                .map(node -> new SimulatedAnnulus(node, List.of(settings), Seams.NONE))
                .toList();
        random = world.random().fork("faults");
        for (int i = 0; i < KEYS; i++) {
            ledgers.put("key" + i, new WriteLedger());
        }
        clients = IntStream.range(0, CLIENTS)
                .mapToObj(i -> new ClientSimulation(world, nodes, ledgers, "c" + i))
                .toList();
    }

    /** Runs for some time of the world, faults included. */
    ClusterSimulation run(Duration time) {
        assertTrue(world.runUntil(() -> nodes.stream().allMatch(SimulatedAnnulus::serves), LIMIT), "no ring");
        world.network().set(NetworkSettings.ROUGH);
        clients.forEach(ClientSimulation::start);
        long end = world.nanos() + time.toNanos();
        while (world.nanos() < end) {
            fault();
            world.runFor(Duration.ofMillis(random.between(200, 3_000)));
        }
        return this;
    }

    long traceHash() {
        return world.traceHash();
    }

    private void fault() {
        SimulatedAnnulus victim = nodes.get(random.nextInt(nodes.size()));
        switch (random.nextInt(6)) {
            case 0 -> {
                if (victim.node().isRunning()) {
                    victim.node().crash();
                }
            }
            case 1 -> {
                if (victim.node().isRunning()) {
                    victim.node().stop();
                }
            }
            case 2 -> world.network().isolate(victim.node());
            case 3 -> world.network().heal();
            case 4 -> {
                if (victim.node().isRunning()) {
                    victim.node().pause(Duration.ofMillis(random.between(10, 8_000)));
                }
            }
            default -> restartAll();
        }
    }

    private void restartAll() {
        nodes.stream().filter(node -> !node.node().isRunning()).forEach(node -> node.node()
                .restart());
    }

    /** Ends the faults and judges. */
    void judge() {
        clients.forEach(ClientSimulation::stop);
        world.network().heal();
        world.network().set(NetworkSettings.CALM);
        restartAll();
        assertTrue(world.runUntil(() -> nodes.stream().allMatch(this::seesAllUp), LIMIT), "not all came back");
        world.runFor(Duration.ofSeconds(20));
        for (ClientSimulation client : clients) {
            assertEquals(List.of(), client.violations(), "seed " + world.seed());
            assertTrue(client.acked() > 0, "seed " + world.seed() + ": a client had no write acknowledged");
        }
        ledgers.forEach(this::judge);
    }

    private void judge(String key, WriteLedger ledger) {
        ReadResult read = await(
                nodes.get(0).keyspace("default").orElseThrow().get(ClientSimulation.bytes(key), ReadOptions.all()));
        Set<String> present = ClientSimulation.ids(read);
        String where = "seed " + world.seed() + ", " + key + " of " + ledger.size() + " writes, now " + present;
        assertEquals(List.of(), ledger.lost(present), "lost: " + where);
        assertEquals(List.of(), ledger.resurrected(present), "resurrected: " + where);
        assertEquals(List.of(), ledger.invented(present), "invented: " + where);
        world.runFor(Duration.ofSeconds(1));
        List<ReplicaHolding> holdings =
                await(nodes.get(0).annulus().orElseThrow().endpoints("default", ClientSimulation.bytes(key), 1_000));
        Set<Long> digests = holdings.stream().map(ReplicaHolding::digest).collect(Collectors.toSet());
        assertEquals(1, digests.size(), "not converged: " + where + ": " + holdings);
    }

    private boolean seesAllUp(SimulatedAnnulus node) {
        return node.serves() && node.annulus().orElseThrow().status().membersUp() == nodes.size();
    }

    private <T> T await(CompletionStage<T> stage) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        assertTrue(world.runUntil(future::isDone, LIMIT), "seed " + world.seed() + ": no answer");
        return future.getNow(null);
    }
}

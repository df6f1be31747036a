package io.annulus.itests.simulation;

import io.annulus.api.Context;
import io.annulus.api.Keyspace;
import io.annulus.api.KeyspaceMode;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.ReadOptions;
import io.annulus.api.WriteOptions;
import io.annulus.membership.GossipConfig;
import io.annulus.membership.GossipMembership;
import io.annulus.simulator.FaultPlan;
import io.annulus.simulator.RandomFaults;
import io.annulus.simulator.SimulatedNode;
import io.annulus.simulator.SimulatedRandom;
import io.annulus.simulator.SimulatedWorld;
import io.annulus.testkit.wiring.Seams;
import io.annulus.testkit.wiring.SimulatedAnnulus;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** Measures how fast worlds run: clients under faults, an idle cluster, gossip of many nodes. Argument: CPU seconds for each. */
final class SimulationSpeed {

    private static final Duration STEP = Duration.ofMillis(100);
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final Duration LONG_SILENCE = Duration.ofSeconds(12);
    private static final int CLIENTS = 16;
    private static final int KEYS = 64;
    private static final byte[] VALUE = new byte[100];
    private static final int GOSSIPING_NODES = 200;
    private static final double NANOS_PER_SECOND = 1e9;

    private final SimulatedWorld world = new SimulatedWorld(1);
    private final long limitNanos;
    private List<SimulatedAnnulus> nodes = List.of();
    private long answered;
    private long succeeded;

    private SimulationSpeed(int seconds) {
        limitNanos = Duration.ofSeconds(seconds).toNanos();
    }

    public static void main(String[] arguments) {
        int seconds = arguments.length == 0 ? 10 : Integer.parseInt(arguments[0]);
        new SimulationSpeed(seconds).clients();
        new SimulationSpeed(seconds).idle();
        new SimulationSpeed(seconds).gossip();
    }

    private void clients() {
        start();
        RandomFaults faults = new RandomFaults(
                world, world.nodes(), FaultPlan.harmless(2).every(Duration.ofSeconds(1)), incident -> {});
        SimulatedRandom random = world.random().fork("clients");
        for (int i = 0; i < CLIENTS; i++) {
            new Client(random.fork("client " + i)).next();
        }
        measure("5 nodes, clients, faults");
        System.out.println(
                "  operations answered " + answered + ", of them done " + succeeded + "; faults " + faults.struck());
    }

    private void idle() {
        start();
        measure("5 nodes, idle");
    }

    private void gossip() {
        world.addNodes(GOSSIPING_NODES).forEach(node -> node.program(SimulationSpeed::gossiping));
        measure("200 nodes, gossip alone");
    }

    private static void gossiping(SimulatedNode node) {
        GossipMembership.start(
                GossipConfig.standard(), node.settings(), node.storage().identity(), node, node.messenger());
    }

    private void start() {
        KeyspaceSettings settings = KeyspaceSettings.of("default", KeyspaceMode.CAUSAL, 3);
        nodes = world.addNodes(5).stream()
                .map(node -> new SimulatedAnnulus(node, List.of(settings), Seams.NONE))
                .toList();
        if (!world.runUntil(() -> nodes.stream().allMatch(SimulatedAnnulus::serves), LIMIT)) {
            throw new IllegalStateException("no ring within " + LIMIT);
        }
    }

    private void measure(String what) {
        long simulated = world.nanos();
        long cpu = cpuNanos();
        long begin = System.nanoTime();
        while (cpuNanos() - cpu < limitNanos) {
            world.runFor(STEP);
        }
        double wallSeconds = (System.nanoTime() - begin) / NANOS_PER_SECOND;
        double cpuSeconds = (cpuNanos() - cpu) / NANOS_PER_SECOND;
        double worldSeconds = (world.nanos() - simulated) / NANOS_PER_SECOND;
        System.out.printf(
                Locale.ROOT,
                "%s: %.1f simulated seconds and %.0f operations a second; by CPU time %.1f and %.0f%n",
                what,
                worldSeconds / wallSeconds,
                answered / wallSeconds,
                worldSeconds / cpuSeconds,
                answered / cpuSeconds);
    }

    /** Of this thread, which does all the work but that of the virtual machine; what else runs here does not count. */
    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    /** Reads a key and replaces what it saw, in a closed loop, at a random node each time. */
    private final class Client {

        private final SimulatedRandom random;
        private byte[] key = {};
        private Optional<Context> seen = Optional.empty();
        private int turn;

        private Client(SimulatedRandom random) {
            this.random = random;
        }

        private void next() {
            int mine = ++turn;
            world.after(LONG_SILENCE, () -> goOnAfter(mine));
            Optional<Keyspace> keyspace =
                    nodes.get(random.nextInt(nodes.size())).keyspace("default");
            if (keyspace.isEmpty()) {
                world.after(STEP, () -> goOnAfter(mine));
                return;
            }
            ask(keyspace.get()).whenComplete((result, failure) -> {
                if (turn == mine) {
                    answered++;
                    succeeded += failure == null ? 1 : 0;
                    world.after(Duration.ofMillis(1), () -> goOnAfter(mine));
                }
            });
        }

        private void goOnAfter(int ended) {
            if (turn == ended) {
                next();
            }
        }

        private CompletionStage<?> ask(Keyspace keyspace) {
            if (seen.isEmpty()) {
                key = ("key" + random.nextInt(KEYS)).getBytes(StandardCharsets.UTF_8);
                return keyspace.get(key, ReadOptions.quorum()).thenAccept(read -> seen = Optional.of(read.context()));
            }
            WriteOptions options = WriteOptions.acks(2).withContext(seen.get());
            seen = Optional.empty();
            return keyspace.put(key, VALUE, options);
        }
    }
}

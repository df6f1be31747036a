package io.annulus.testkit;

import io.annulus.api.Keyspace;
import io.annulus.api.KeyspaceMode;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.WriteResult;
import io.annulus.simulator.SimulatedNode;
import io.annulus.simulator.SimulatedWorld;
import io.annulus.testkit.wiring.Seams;
import io.annulus.testkit.wiring.SimulatedAnnulus;
import io.annulus.versioning.DotSource;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Nodes 1 to n of a test, in memory and on virtual time, with the faults that a test brings about. It is handed out when all
 * nodes serve and hold each other to be up. Any thread; a test that uses one thread takes the same course each time.
 *
 * <p>Time stands still but while a thread waits for a stage of the store, or in {@link #advance} and the other waiting methods:
 * between {@code put} and {@code join} a test may cut the network, and the put finds it cut.
 */
public final class TestCluster implements AutoCloseable {

    private static final int MAX_NODES = 16;

    /** A consumer may begin as many puts at once as with a node of production. */
    private static final Seams AS_IN_PRODUCTION = new Seams() {
        @Override
        public int dotsReserved() {
            return DotSource.DEFAULT_BLOCK;
        }
    };

    private static final Duration MOST_WAIT = Duration.ofMinutes(2);

    private final DrivenWorld driven;
    private final FaultQueue faults = new FaultQueue();
    private final Map<String, KeyspaceSettings> keyspaces = new TreeMap<>();
    private final Nodes nodes;
    private final long seed;

    private TestCluster(int count, List<KeyspaceSettings> settings, long seed) {
        checkSize(count);
        this.seed = seed;
        for (KeyspaceSettings keyspace : settings) {
            if (keyspaces.put(keyspace.name(), keyspace) != null) {
                throw new IllegalArgumentException(
                        "keyspace '" + keyspace.name() + "' is configured twice; leave one out");
            }
        }
        SimulatedWorld world = new SimulatedWorld(seed);
        List<SimulatedAnnulus> wired = world.addNodes(count).stream()
                .map(node -> new SimulatedAnnulus(node, settings, AS_IN_PRODUCTION))
                .toList();
        this.nodes = new Nodes(wired, keyspaces.keySet());
        this.driven = new DrivenWorld(world);
    }

    /** Starts nodes that serve these keyspaces; for tests without the JUnit extension. Close it. */
    public static TestCluster start(int nodes, List<KeyspaceSettings> keyspaces, long seed) {
        TestCluster cluster = new TestCluster(nodes, keyspaces, seed);
        cluster.awaitAllUp();
        return cluster;
    }

    static void checkSize(int nodes) {
        if (nodes < 1 || nodes > MAX_NODES) {
            throw new IllegalArgumentException("a cluster of " + nodes + " nodes is not one of 1 to " + MAX_NODES);
        }
    }

    /** A keyspace as a service of node 1. */
    public Keyspace keyspace(String name) {
        return keyspace(name, 1);
    }

    /**
     * A keyspace as a service of a node. It stays valid while the node is down, refusing everything, and when it is back.
     *
     * @throws IllegalArgumentException when the test has not configured it, or there is no such node
     */
    public Keyspace keyspace(String name, int node) {
        KeyspaceSettings settings = keyspaces.get(name);
        if (settings == null) {
            throw new IllegalArgumentException("keyspace '" + name + "' is not one of " + keyspaces.keySet()
                    + "; add .keyspace(\"" + name + "\", mode) to the extension");
        }
        return new DrivenKeyspace(driven, faults, nodes.get(node), node, settings);
    }

    /** Cuts all ways between the nodes of one side and those of the other. Messages under way are lost too. */
    public void partition(Collection<Integer> side, Collection<Integer> other) {
        List<SimulatedNode> one = nodes.simulated(side);
        List<SimulatedNode> two = nodes.simulated(other);
        List<Integer> both = side.stream().filter(other::contains).toList();
        if (one.isEmpty() || two.isEmpty() || !both.isEmpty()) {
            throw new IllegalArgumentException("a partition of " + side + " from " + other
                    + " has an empty side or a node on both; name each node once");
        }
        driven.inside(world -> world.network().partition(one, two));
    }

    /** Cuts a node off from all others. */
    public void isolate(int node) {
        partition(List.of(node), nodes.allBut(node));
    }

    /** Mends the network. It takes the nodes some seconds to find each other: see {@link #awaitAllUp}. */
    public void heal() {
        driven.inside(world -> world.network().heal());
    }

    /**
     * Cuts the power of a node: what was acknowledged stays on its disk. Its operations under way end with
     * {@code OutcomeUnknownException} if they are writes, else with {@code StoreClosedException}.
     */
    public void crash(int node) {
        SimulatedNode crashed = nodes.get(node).node();
        driven.inside(world -> {
            require(crashed.isRunning(), "node " + node + " is down already; restart(" + node + ") comes first");
            crashed.crash();
            driven.endAll(operation -> operation.node() == node, "node " + node + " crashed");
        });
    }

    /** Starts a node that is down, on its disk, and waits until it serves. */
    public void restart(int node) {
        SimulatedNode restarted = nodes.get(node).node();
        driven.inside(world -> {
            require(!restarted.isRunning(), "node " + node + " runs; crash(" + node + ") comes first");
            restarted.restart();
        });
        await(() -> nodes.serves(node), "node " + node + " does not serve");
    }

    /** Lets virtual time pass. */
    public void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("time does not go back by " + time.negated() + "; advance by 0 or more");
        }
        driven.drive(() -> false, time);
    }

    /** Plans a fault, or anything, for a virtual time from now: it comes when time has gone on so far. */
    public void after(Duration delay, Runnable action) {
        driven.plan(delay, Objects.requireNonNull(action, "action"));
    }

    /** Waits until all nodes that run serve and hold each other to be up. */
    public void awaitAllUp() {
        await(
                nodes::areAllUp,
                "not all nodes that run hold each other to be up; is the network cut? heal() comes first");
    }

    /** Waits until all other nodes that run hold a node to be down: from then on it is not asked any more. */
    public void awaitDown(int node) {
        nodes.get(node);
        await(
                () -> nodes.holdDown(node),
                "not all others hold node " + node + " to be down; crash or isolate it first");
    }

    /** Lets the next operation of the fault's kind fail, whatever its keyspace and node. */
    public void failNext(Fault fault) {
        failNext(fault, 1);
    }

    /** Lets so many operations of the fault's kind fail, after those asked for before. */
    public void failNext(Fault fault, int times) {
        if (times < 1) {
            throw new IllegalArgumentException("a fault cannot come " + times + " times; ask for 1 or more");
        }
        faults.add(fault, times);
    }

    /**
     * Writes values side by side under one key, as clients do that have not seen each other's writes: by puts without a
     * context, at one node after the other.
     *
     * @throws IllegalArgumentException in a last-write-wins keyspace, which keeps no siblings
     */
    public void plantSiblings(String keyspace, byte[] key, byte[]... values) {
        if (keyspace(keyspace).settings().mode() != KeyspaceMode.CAUSAL) {
            throw new IllegalArgumentException(
                    "keyspace '" + keyspace + "' is last-write-wins and keeps no siblings; plant them in a causal one");
        }
        List<Integer> serving = driven.ask(world -> nodes.running());
        require(!serving.isEmpty(), "all nodes are down; restart one first");
        for (int i = 0; i < values.length; i++) {
            int at = serving.get(i % serving.size());
            Keyspace faultless =
                    new DrivenKeyspace(driven, new FaultQueue(), nodes.get(at), at, keyspaces.get(keyspace));
            CompletableFuture<WriteResult> put = faultless.put(key, values[i]).toCompletableFuture();
            driven.await(put::isDone);
            put.getNow(null);
        }
    }

    /** Whether a node is up. */
    public boolean isRunning(int node) {
        SimulatedNode asked = nodes.get(node).node();
        return driven.ask(world -> asked.isRunning());
    }

    /** Virtual time since the nodes were first started. */
    public Duration time() {
        return driven.ask(world -> Duration.ofNanos(world.nanos()));
    }

    /** What the course of the nodes is drawn from. */
    public long seed() {
        return seed;
    }

    /** The names of the keyspaces, in order. */
    List<String> keyspaces() {
        return List.copyOf(keyspaces.keySet());
    }

    /** Ends it: operations under way fail, later ones are refused. */
    @Override
    public void close() {
        driven.close();
    }

    private void await(BooleanSupplier condition, String otherwise) {
        require(driven.drive(condition, MOST_WAIT), otherwise);
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalStateException(otherwise + " (seed " + seed + ", " + time().toMillis() + " ms)");
        }
    }
}

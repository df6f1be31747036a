package io.annulus.simulator;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.cluster.NodeSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A world of nodes on virtual time. Nothing happens until one of the {@code run} methods is called; they run events on the
 * calling thread. A task that throws ends the run with an exception that names the seed, unless failures are kept.
 */
public final class SimulatedWorld {

    /** Wall clock of the world at its start. */
    public static final long START_WALL_MILLIS = 1_700_000_000_000L;

    private static final int MAX_EVENTS_UNTIL_IDLE = 10_000_000;

    private final long seed;
    private final EventQueue queue = new EventQueue();
    private final SimulatedRandom random;
    private final SimulatedNetwork network;
    private final TraceHash trace = new TraceHash();
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final List<Throwable> failures = new ArrayList<>();
    private boolean keepsFailures;
    private Consumer<String> tracer = line -> {};
    private boolean traced;
    private SimulatedLoop current;
    private Function<SimulatedRandom, SimulatedStore> stores = SimulatedDisk::new;

    /** An empty world at virtual time 0. */
    public SimulatedWorld(long seed) {
        this.seed = seed;
        this.random = new SimulatedRandom(seed);
        this.network = new SimulatedNetwork(this, random.fork("network"));
    }

    /**
     * Adds running nodes {@code n1, n2, ...} on {@code 10.0.0.i:7800}, each in a rack of its own and of weight 100, with all
     * of them as founders.
     */
    public List<SimulatedNode> addNodes(int count) {
        List<Endpoint> founders = IntStream.rangeClosed(1, count)
                .mapToObj(SimulatedWorld::endpoint)
                .toList();
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> addNode(new NodeSettings(
                        new NodeId("n" + i), endpoint(i), "r" + i, 100, founders, Path.of("/simulated/n" + i))))
                .toList();
    }

    /** Sets what nodes that are added from now on keep their data in; it is made from a source of randomness of its own. */
    public void storeIn(Function<SimulatedRandom, SimulatedStore> newStores) {
        stores = Objects.requireNonNull(newStores, "stores");
    }

    /** Adds a running node on an empty disk. */
    public SimulatedNode addNode(NodeSettings settings) {
        String place = settings.node() + "@" + nodes.size();
        SimulatedRandom seeds = random.fork(place);
        SimulatedNode node = new SimulatedNode(this, settings, seeds, stores.apply(seeds.fork("disk")));
        node.start();
        nodes.add(node);
        return node;
    }

    /** The endpoint of the i-th node of {@link #addNodes}. */
    public static Endpoint endpoint(int i) {
        return new Endpoint("10.0." + i / 250 + "." + i % 250, 7800);
    }

    /** All nodes ever added, down ones included. */
    public List<SimulatedNode> nodes() {
        return List.copyOf(nodes);
    }

    /** The network. */
    public SimulatedNetwork network() {
        return network;
    }

    /** Randomness for the test's own choices. */
    public SimulatedRandom random() {
        return random;
    }

    /** The seed. */
    public long seed() {
        return seed;
    }

    /** Virtual nanoseconds since the start of the world. */
    public long nanos() {
        return queue.nanos();
    }

    /** Runs a task at a virtual time from now, outside of every node: for a test's faults. */
    public void after(Duration delay, Runnable task) {
        queue.add(delay.toNanos(), Event.Place.WORLD, null, "plan", task);
    }

    /** Runs all events of the given time to come. */
    public void runFor(Duration duration) {
        runUntil(() -> false, duration);
    }

    /**
     * Runs events until the condition holds.
     *
     * @return whether it held within the limit; then no later event was run
     */
    public boolean runUntil(BooleanSupplier condition, Duration limit) {
        long end = queue.nanos() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (queue.nextNanos() > end) {
                queue.advanceTo(end);
                return false;
            }
            step();
        }
        return true;
    }

    /**
     * Runs events until none is left but idle turns. Nodes with periodic timers are never idle.
     *
     * @throws IllegalStateException after ten million events
     */
    public void runUntilIdle() {
        for (int i = 0; !queue.isIdle(); i++) {
            if (i >= MAX_EVENTS_UNTIL_IDLE) {
                throw new IllegalStateException("the world is still busy after " + i + " events; seed " + seed
                        + "; are there periodic timers? use runFor");
            }
            step();
        }
    }

    /** Keeps failures of tasks in {@link #failures()} instead of ending the run. */
    public void keepFailures() {
        keepsFailures = true;
    }

    /** What tasks threw. */
    public List<Throwable> failures() {
        return List.copyOf(failures);
    }

    /** Hash of all events run so far, with their times, places and contents. */
    public long traceHash() {
        return trace.value();
    }

    /** Hands each event to a listener as a line of text, to compare two runs. */
    public void traceTo(Consumer<String> listener) {
        tracer = listener;
        traced = true;
    }

    EventQueue queue() {
        return queue;
    }

    SimulatedLoop current() {
        return current;
    }

    /** Notes something in the trace. */
    void trace(String kind, Object place, long content) {
        trace.add(queue.nanos());
        trace.add(kind);
        trace.add(place.toString());
        trace.add(content);
        if (traced) {
            tracer.accept(queue.nanos() + " " + place + " " + kind + " " + Long.toHexString(content));
        }
    }

    /** Runs something as a turn of a loop, or outside of all when the loop is null. */
    void runOn(SimulatedLoop loop, Runnable action) {
        SimulatedLoop before = current;
        current = loop;
        try {
            action.run();
            if (loop != null) {
                loop.poll();
            }
        } finally {
            current = before;
        }
    }

    private void step() {
        Event event = queue.take();
        boolean onLoop = event.place == Event.Place.LOOP;
        if (onLoop && event.loop.isPaused()) {
            event.loop.hold(event);
            return;
        }
        if (!event.background) {
            trace(event.kind, event.loop == null ? "world" : event.loop.node(), event.order);
        }
        try {
            runOn(onLoop ? event.loop : null, event.action());
        } catch (RuntimeException | Error e) {
            failed(event, e);
        }
    }

    private void failed(Event event, Throwable cause) {
        failures.add(cause);
        if (!keepsFailures) {
            String place = event.loop == null ? "the world" : event.loop.node().toString();
            throw new IllegalStateException(
                    "a " + event.kind + " of " + place + " failed at " + queue.nanos() + " ns of seed " + seed + ": "
                            + cause,
                    cause);
        }
    }
}

package io.annulus.simulator;

import io.annulus.api.cluster.NodeSettings;
import io.annulus.api.runtime.HybridClock;
import io.annulus.api.runtime.NodeRuntime;
import io.annulus.api.runtime.RandomSource;
import io.annulus.api.runtime.Sender;
import io.annulus.api.runtime.TimeSource;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A node: what production's runtime, transport and storage engine give to protocol code. The node outlives its lives: after
 * {@link #crash} or {@link #stop} and {@link #restart}, its loop, clocks, messenger and storage are new objects, and the
 * protocol objects must be built anew; {@link #program} does that at each start.
 */
public final class SimulatedNode implements NodeRuntime {

    private static final long MAX_CALLBACK_DELAY_NANOS = 50_000;

    private final SimulatedWorld world;
    private final NodeSettings settings;
    private final SimulatedRandom seeds;
    private final SimulatedDisk disk;
    private Consumer<SimulatedNode> program = node -> {};
    private long wallSkewMillis;
    private int lives;
    private SimulatedLoop loop;
    private SimulatedRandom random;
    private SimulatedTime time;
    private SimulatedClock clock;
    private SimulatedStorage storage;
    private SimulatedMessenger messenger;
    private Executor callbacks;

    SimulatedNode(SimulatedWorld world, NodeSettings settings, SimulatedRandom seeds) {
        this.world = world;
        this.settings = settings;
        this.seeds = seeds;
        this.disk = new SimulatedDisk(seeds.fork("disk"));
    }

    /** Sets what builds the protocol objects, runs it now if the node runs, and at each later start, on the loop. */
    public void program(Consumer<SimulatedNode> newProgram) {
        program = newProgram;
        if (isRunning()) {
            run(() -> newProgram.accept(this));
        }
    }

    /** Kills the node: tasks, timers and unsynced bytes are gone, and what is under way to it is lost. */
    public void crash() {
        requireRunning();
        world.trace("crash", this, lives);
        loop.stop();
        storage.crash();
    }

    /** Closes the node cleanly: everything is synced, nothing completes any more. */
    public void stop() {
        requireRunning();
        world.trace("stop", this, lives);
        loop.stop();
        storage.close();
    }

    /** Starts a node that is down, on the disk that it had. */
    public void restart() {
        if (isRunning()) {
            throw new IllegalStateException(this + " runs; crash or stop it first");
        }
        start();
    }

    /** Replaces the disk of a node that is down by an empty one, with another store id. */
    public void wipe() {
        if (isRunning()) {
            throw new IllegalStateException(this + " runs; crash or stop it first");
        }
        disk.wipe();
    }

    /** Stops the loop for a while, as a long collection of garbage would; the disk and the network go on. */
    public void pause(Duration duration) {
        requireRunning();
        loop.pauseUntil(world.nanos() + duration.toNanos());
    }

    /** Runs a task at once as a turn of the loop; what it throws comes back to the caller. */
    public void run(Runnable task) {
        requireRunning();
        world.runOn(loop, task);
    }

    /** Moves the wall clock of the node this far from that of the world. */
    public void skewWall(Duration skew) {
        wallSkewMillis = skew.toMillis();
    }

    /** Whether the node is up. */
    public boolean isRunning() {
        return loop != null && loop.isRunning();
    }

    /** How the node is configured. */
    public NodeSettings settings() {
        return settings;
    }

    /** The disk, with its faults to inject. */
    public SimulatedDisk disk() {
        return disk;
    }

    /** The messenger of this life. */
    public SimulatedMessenger messenger() {
        return messenger;
    }

    /** The storage engine of this life. */
    public SimulatedStorage storage() {
        return storage;
    }

    @Override
    public SimulatedLoop loop() {
        return loop;
    }

    @Override
    public TimeSource time() {
        return time;
    }

    @Override
    public RandomSource random() {
        return random;
    }

    @Override
    public HybridClock clock() {
        return clock;
    }

    @Override
    public Executor callbacks() {
        return callbacks;
    }

    @Override
    public String toString() {
        return settings.node().toString();
    }

    long wallSkewMillis() {
        return wallSkewMillis;
    }

    void start() {
        lives++;
        random = seeds.fork("life " + lives);
        loop = new SimulatedLoop(world, this);
        time = new SimulatedTime(world, this, random.between(0, 1L << 42));
        clock = new SimulatedClock(time);
        storage = disk.open(world, loop);
        messenger = new SimulatedMessenger(
                world, loop, new Sender(settings.node(), storage.identity().storeId(), settings.endpoint()));
        SimulatedLoop life = loop;
        SimulatedRandom delays = random.fork("callbacks");
        callbacks = task -> world.queue()
                .add(delays.between(0, MAX_CALLBACK_DELAY_NANOS), Event.Place.NODE, life, "callback", task);
        world.network().attach(this);
        world.trace("start", this, storage.identity().origin());
        run(() -> program.accept(this));
    }

    private void requireRunning() {
        if (!isRunning()) {
            throw new IllegalStateException(this + " is down; restart it first");
        }
    }
}

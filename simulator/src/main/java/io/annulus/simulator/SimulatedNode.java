package io.annulus.simulator;

import io.annulus.api.cluster.NodeSettings;
import io.annulus.api.runtime.HybridClock;
import io.annulus.api.runtime.NodeRuntime;
import io.annulus.api.runtime.RandomSource;
import io.annulus.api.runtime.Sender;
import io.annulus.api.runtime.TimeSource;
import io.annulus.api.storage.StorageEngine;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

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
    private final SimulatedStore store;
    private final NodeClocks clocks;
    private Consumer<SimulatedNode> program = node -> {};
    private int lives;
    private boolean dead;
    private SimulatedLoop loop;
    private SimulatedRandom random;
    private SimulatedTime time;
    private SimulatedClock clock;
    private StorageEngine storage;
    private SimulatedMessenger messenger;
    private Executor callbacks;

    SimulatedNode(SimulatedWorld world, NodeSettings settings, SimulatedRandom seeds, SimulatedStore store) {
        this.world = world;
        this.settings = settings;
        this.seeds = seeds;
        this.store = store;
        this.clocks = new NodeClocks(world);
    }

    /** Sets what builds the protocol objects, runs it now if the node runs, and at each later start, on the loop. */
    public void program(Consumer<SimulatedNode> newProgram) {
        program = newProgram;
        if (isRunning()) {
            run(() -> newProgram.accept(this));
        }
    }

    /** Cuts the node's power: tasks, timers and unsynced bytes are gone, and what is under way to it is lost. */
    public void crash() {
        end("crash", true);
    }

    /** Kills the process: as {@link #crash}, but what was written reaches the disk, synced or not. */
    public void kill() {
        end("kill", false);
    }

    private void end(String how, boolean powerLost) {
        requireRunning();
        world.trace(how, this, lives);
        loop.stop();
        store.crash(powerLost);
    }

    /**
     * Closes the node cleanly: everything is synced, nothing completes any more.
     *
     * @throws java.io.UncheckedIOException when the disk did not take what was left to write; the node is down all the same
     */
    public void stop() {
        requireRunning();
        world.trace("stop", this, lives);
        loop.stop();
        store.close();
    }

    /** Ends the node for ever: as {@link #crash} if it runs, and no restart. */
    public void die() {
        if (isRunning()) {
            end("death", true);
        }
        dead = true;
    }

    /**
     * Starts a node that is down, on the disk that it had.
     *
     * @throws IllegalStateException when it runs, or is dead
     * @throws RuntimeException what its storage throws when the disk cannot be opened; then the node is down still
     */
    public void restart() {
        requireDown();
        if (dead) {
            throw new IllegalStateException(this + " is dead for ever; add another node");
        }
        start();
    }

    /** Replaces the disk of a node that is down by an empty one, with another store id. */
    public void wipe() {
        requireDown();
        world.trace("wipe", this, lives);
        store.wipe();
    }

    /** Puts the last backup in place of the disk of a node that is down; false when there is none. */
    public boolean restore() {
        requireDown();
        world.trace("restore", this, lives);
        return store.restore();
    }

    /** Stops the loop for a while, as a long collection of garbage would; the disk and the network go on. */
    public void pause(Duration duration) {
        requireRunning();
        loop.pauseUntil(world.nanos() + duration.toNanos());
    }

    /** Ends a pause before its time; does nothing when there is none. */
    public void resume() {
        if (isRunning()) {
            loop.resume();
        }
    }

    /** Runs a task at once as a turn of the loop, in a pause too; what it throws comes back to the caller. */
    public void run(Runnable task) {
        requireRunning();
        world.runOn(loop, task);
    }

    /** Moves the wall clock of the node this far from that of the world. */
    public void skewWall(Duration skew) {
        clocks.skewWall(skew);
    }

    /** Makes both clocks of the node run so much too fast, or too slow below 0, from now on; timers with them. */
    public void drift(int permille) {
        clocks.drift(permille);
    }

    /** Ends the drift, and sets the wall clock to that of the world but for its skew; the other never goes back. */
    public void correctClocks() {
        clocks.correct();
    }

    /** Whether the node is up. */
    public boolean isRunning() {
        return loop != null && loop.isRunning();
    }

    /** Whether the node is down for ever. */
    public boolean isDead() {
        return dead;
    }

    /** How the node is configured. */
    public NodeSettings settings() {
        return settings;
    }

    /** What it keeps its data in, with the faults to inject. */
    public SimulatedStore store() {
        return store;
    }

    /**
     * The disk of a node whose storage engine is the simulated one, with its faults to inject.
     *
     * @throws IllegalStateException when the node has another storage engine
     */
    public SimulatedDisk disk() {
        if (store instanceof SimulatedDisk disk) {
            return disk;
        }
        throw new IllegalStateException(this + " keeps its data in " + store + "; use store()");
    }

    /** A thread beside the loop of this life, each of whose tasks begins so many nanoseconds after it could. */
    public SimulatedThread thread(String name, LongSupplier delayNanos) {
        return new SimulatedThread(world, loop, name, delayNanos);
    }

    /** The world. */
    public SimulatedWorld world() {
        return world;
    }

    /** The messenger of this life. */
    public SimulatedMessenger messenger() {
        return messenger;
    }

    /** The storage engine of this life. */
    public StorageEngine storage() {
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

    NodeClocks clocks() {
        return clocks;
    }

    void start() {
        world.network().attach(this);
        lives++;
        random = seeds.fork("life " + lives);
        loop = new SimulatedLoop(world, this);
        time = new SimulatedTime(clocks, random.between(0, 1L << 42));
        clock = new SimulatedClock(time);
        SimulatedLoop life = loop;
        world.runOn(loop, () -> storage = openedStore());
        messenger = new SimulatedMessenger(
                world, loop, new Sender(settings.node(), storage.identity().storeId(), settings.endpoint()));
        SimulatedRandom delays = random.fork("callbacks");
        callbacks = task -> world.queue()
                .add(delays.between(0, MAX_CALLBACK_DELAY_NANOS), Event.Place.NODE, life, "callback", task);
        world.trace("start", this, storage.identity().origin());
        run(() -> program.accept(this));
    }

    private StorageEngine openedStore() {
        try {
            return store.open(this);
        } catch (RuntimeException e) {
            world.trace("cannot start", this, lives);
            loop.stop();
            throw e;
        }
    }

    private void requireDown() {
        if (isRunning()) {
            throw new IllegalStateException(this + " runs; crash or stop it first");
        }
    }

    private void requireRunning() {
        if (!isRunning()) {
            throw new IllegalStateException(this + " is down; restart it first");
        }
    }
}

package io.annulus.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Strikes nodes at random times with random faults, all drawn from the seed, until {@link #end}. Each fault passes by itself
 * after up to ten times the mean interval.
 */
public final class RandomFaults {

    /** What may happen. */
    public enum Fault {
        /** A node crashes and is restarted. */
        CRASH,
        /** A node is stopped cleanly and restarted. */
        STOP,
        /** A node's loop stands still. */
        PAUSE,
        /** Messages from one node to another are lost. */
        CUT,
        /** A node is cut off from all others. */
        ISOLATE,
        /** A node's disk is slow. */
        SLOW_DISK,
        /** A node's wall clock jumps, by up to ten minutes either way. */
        CLOCK_JUMP,
        /** Messages are lost, doubled and reordered. */
        ROUGH_NETWORK,
    }

    private static final int MAX_INTERVALS = 10;
    private static final long MAX_JUMP_SECONDS = 600;

    private final SimulatedWorld world;
    private final List<SimulatedNode> nodes;
    private final List<Fault> faults;
    private final int maxDown;
    private final long intervalNanos;
    private final SimulatedRandom random;
    private final List<SimulatedNode> down = new ArrayList<>();
    private long struck;
    private boolean ended;

    /**
     * Begins to strike at once.
     *
     * @param maxDown most nodes that are crashed or stopped at a time
     * @param meanInterval mean time between two strikes
     */
    public RandomFaults(
            SimulatedWorld world, List<SimulatedNode> nodes, Set<Fault> faults, int maxDown, Duration meanInterval) {
        this.world = world;
        this.nodes = List.copyOf(nodes);
        this.faults = List.copyOf(EnumSet.copyOf(faults));
        this.maxDown = maxDown;
        this.intervalNanos = meanInterval.toNanos();
        this.random = world.random().fork("faults");
        plan();
    }

    /** Strikes no more, and mends everything: nodes up, cuts healed, network calm, disks fast, clocks right. */
    public void end() {
        ended = true;
        List.copyOf(down).forEach(this::restart);
        world.network().heal();
        world.network().set(NetworkSettings.CALM);
        nodes.forEach(node -> {
            node.disk().set(DiskSettings.FAST);
            node.skewWall(Duration.ZERO);
        });
    }

    /** How many faults there were. */
    public long struck() {
        return struck;
    }

    private void plan() {
        world.after(Duration.ofNanos(random.between(1, 2 * intervalNanos)), () -> {
            if (!ended) {
                strike();
                plan();
            }
        });
    }

    private void strike() {
        Fault fault = faults.get(random.nextInt(faults.size()));
        SimulatedNode node = nodes.get(random.nextInt(nodes.size()));
        SimulatedNode other = nodes.get(random.nextInt(nodes.size()));
        Duration length = Duration.ofNanos(random.between(1, MAX_INTERVALS * intervalNanos));
        if (!node.isRunning()) {
            return;
        }
        struck++;
        switch (fault) {
            case CRASH, STOP -> takeDown(node, fault == Fault.CRASH, length);
            case PAUSE -> node.pause(length);
            case CUT -> {
                world.network().cut(node, other);
                mendAfter(length, () -> world.network().heal(node, other));
            }
            case ISOLATE -> {
                world.network().isolate(node);
                mendAfter(length, () -> world.network().rejoin(node));
            }
            case SLOW_DISK -> {
                node.disk().set(DiskSettings.SLOW);
                mendAfter(length, () -> node.disk().set(DiskSettings.FAST));
            }
            case CLOCK_JUMP -> {
                node.skewWall(Duration.ofSeconds(random.between(-MAX_JUMP_SECONDS, MAX_JUMP_SECONDS)));
                mendAfter(length, () -> node.skewWall(Duration.ZERO));
            }
            case ROUGH_NETWORK -> {
                world.network().set(NetworkSettings.ROUGH);
                mendAfter(length, () -> world.network().set(NetworkSettings.CALM));
            }
        }
    }

    private void takeDown(SimulatedNode node, boolean crash, Duration length) {
        if (down.size() >= maxDown) {
            return;
        }
        down.add(node);
        if (crash) {
            node.crash();
        } else {
            node.stop();
        }
        mendAfter(length, () -> restart(node));
    }

    private void restart(SimulatedNode node) {
        if (down.remove(node)) {
            node.restart();
        }
    }

    private void mendAfter(Duration length, Runnable mend) {
        world.after(length, () -> {
            if (!ended) {
                mend.run();
            }
        });
    }
}

package io.annulus.simulator;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The person who looks after the nodes in a run: restarts those that are down, takes backups, makes room on a disk that is
 * too full to start from, and replaces a damaged one. A node that does not start from a sound disk ends the run.
 */
final class Operator {

    /** Told of what the operator meets. */
    @FunctionalInterface
    interface Log {

        /** @param losesData whether the node lost what it had by this */
        void accept(String what, SimulatedNode node, boolean losesData);
    }

    private final SimulatedWorld world;
    private final FaultPlan plan;
    private final SimulatedRandom random;
    private final Log log;
    private final Set<SimulatedNode> away = new LinkedHashSet<>();
    private final Set<SimulatedNode> damaged = new LinkedHashSet<>();
    private final Set<SimulatedNode> broken = new LinkedHashSet<>();
    private final Set<SimulatedNode> backedUp = new LinkedHashSet<>();

    Operator(SimulatedWorld world, FaultPlan plan, SimulatedRandom random, Log log) {
        this.world = world;
        this.plan = plan;
        this.random = random;
        this.log = log;
    }

    /** Whether the plan lets a fault strike a node now. */
    boolean allows(Fault fault, SimulatedNode node) {
        boolean up = node.isRunning() && !away.contains(node);
        boolean mayGo = !fault.takesDown() || away.size() < plan.maxDown();
        boolean mayLose = !fault.losesData() || damaged.contains(node) || damaged.size() < plan.maxDamaged();
        return up && mayGo && mayLose;
    }

    /** Takes note of a node whose data may be lost. */
    void damaged(SimulatedNode node) {
        damaged.add(node);
    }

    /** Takes note of a node that is of no use until {@link #bringBack}. */
    void takenDown(SimulatedNode node) {
        away.add(node);
    }

    void backUp(SimulatedNode node) {
        node.store().backUp();
        backedUp.add(node);
    }

    boolean hasBackup(SimulatedNode node) {
        return backedUp.contains(node);
    }

    /** Closes a node. That its disk does not take what is written last is for the log: the node is down, as if killed. */
    void close(SimulatedNode node) {
        try {
            node.stop();
        } catch (UncheckedIOException e) {
            log.accept("not closed cleanly: " + e.getMessage(), node, false);
        }
    }

    /** Restarts a node that is down. */
    void bringBack(SimulatedNode node) {
        if (node.isRunning() || broken.contains(node)) {
            return;
        }
        try {
            node.restart();
            away.remove(node);
        } catch (RuntimeException e) {
            if (node.isRunning()) {
                throw e;
            }
            log.accept("does not start: " + e.getMessage(), node, false);
            mendDisk(node);
        }
    }

    private void mendDisk(SimulatedNode node) {
        if (damaged.contains(node)) {
            broken.add(node);
            world.after(someTime(), () -> {
                if (broken.contains(node)) {
                    replaceDisk(node);
                }
            });
        } else {
            startOnSoundDisk(node);
        }
    }

    /** Starts a node on an empty disk. */
    void replaceDisk(SimulatedNode node) {
        if (node.isDead()) {
            return;
        }
        if (node.isRunning()) {
            node.crash();
        }
        node.wipe();
        log.accept("disk replaced by the operator", node, true);
        broken.remove(node);
        startOnSoundDisk(node);
    }

    private void startOnSoundDisk(SimulatedNode node) {
        node.store().setFull(false);
        node.store().setFailsSync(false);
        node.restart();
        away.remove(node);
    }

    /** Replaces the disks of all nodes that did not start. */
    void replaceBroken() {
        List.copyOf(broken).forEach(this::replaceDisk);
    }

    private Duration someTime() {
        return Duration.ofNanos(random.between(1, 10 * plan.meanInterval().toNanos()));
    }
}

package io.annulus.simulator;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The person who looks after the nodes in a run: restarts those that are down, takes backups, and replaces the disk of a
 * node that does not start from a damaged one. A node that does not start from a sound disk ends the run.
 */
final class Operator {

    private final SimulatedWorld world;
    private final FaultPlan plan;
    private final SimulatedRandom random;
    private final BiConsumer<String, SimulatedNode> lossLog;
    private final Set<SimulatedNode> away = new LinkedHashSet<>();
    private final Set<SimulatedNode> damaged = new LinkedHashSet<>();
    private final Set<SimulatedNode> broken = new LinkedHashSet<>();
    private final Set<SimulatedNode> backedUp = new LinkedHashSet<>();

    /** @param lossLog told of each disk that is replaced, in words and with its node */
    Operator(SimulatedWorld world, FaultPlan plan, SimulatedRandom random, BiConsumer<String, SimulatedNode> lossLog) {
        this.world = world;
        this.plan = plan;
        this.random = random;
        this.lossLog = lossLog;
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

    /** Restarts a node that is down. */
    void bringBack(SimulatedNode node) {
        if (node.isRunning() || broken.contains(node)) {
            return;
        }
        try {
            node.restart();
            away.remove(node);
        } catch (RuntimeException e) {
            if (node.isRunning() || !damaged.contains(node)) {
                throw e;
            }
            broken.add(node);
            world.after(someTime(), () -> {
                if (broken.contains(node)) {
                    replaceDisk(node);
                }
            });
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
        lossLog.accept("disk replaced by the operator", node);
        node.restart();
        broken.remove(node);
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

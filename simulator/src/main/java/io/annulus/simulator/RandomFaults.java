package io.annulus.simulator;

import io.annulus.simulator.history.Incident;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Strikes nodes at random times with the faults of a plan, all drawn from the seed, until {@link #end}. Each fault passes by
 * itself after up to ten times the mean interval, but {@link Fault#DEATH}. No node is struck twice by the same kind at a time.
 */
public final class RandomFaults {

    private static final int MAX_INTERVALS = 10;
    private static final int INTERVALS_PER_BACKUP = 4;

    /** A kind of fault in force, and the node that it struck. */
    private record InForce(Fault fault, Optional<SimulatedNode> node) {}

    private final SimulatedWorld world;
    private final List<SimulatedNode> nodes;
    private final List<Fault> faults;
    private final long intervalNanos;
    private final SimulatedRandom random;
    private final Consumer<Incident> log;
    private final Operator operator;
    private final FaultStrikes strikes;
    private final Map<InForce, Strike> inForce = new LinkedHashMap<>();
    private final Map<Fault, Integer> struck = new EnumMap<>(Fault.class);
    private boolean ended;

    /**
     * Begins to strike at once.
     *
     * @param log told of each fault and of its end
     */
    public RandomFaults(SimulatedWorld world, List<SimulatedNode> nodes, FaultPlan plan, Consumer<Incident> log) {
        this.world = world;
        this.nodes = List.copyOf(nodes);
        this.faults = List.copyOf(plan.faults());
        this.intervalNanos = plan.meanInterval().toNanos();
        this.random = world.random().fork("faults");
        this.log = log;
        this.operator = new Operator(world, plan, random.fork("operator"), this::tell);
        this.strikes = new FaultStrikes(world.network().settings(), operator);
        if (!faults.isEmpty()) {
            repeat(intervalNanos, this::strike);
        }
        if (faults.contains(Fault.DISK_RESTORED)) {
            repeat(INTERVALS_PER_BACKUP * intervalNanos, this::backUp);
        }
    }

    /**
     * Strikes no more, and mends everything: all nodes up but the dead, damaged disks replaced, cuts healed, network as
     * before, disks fast and with room, clocks right. Does nothing when called again.
     */
    public void end() {
        ended = true;
        List.copyOf(inForce.keySet()).forEach(this::mend);
        operator.replaceBroken();
    }

    /** How often each kind has struck, in the order of the kinds. */
    public Map<Fault, Integer> struck() {
        return Collections.unmodifiableMap(struck);
    }

    private void repeat(long meanNanos, Runnable task) {
        world.after(Duration.ofNanos(random.between(1, 2 * meanNanos)), () -> {
            if (!ended) {
                task.run();
                repeat(meanNanos, task);
            }
        });
    }

    private void backUp() {
        SimulatedNode node = anyOf(nodes);
        if (node.isRunning()) {
            operator.backUp(node);
        }
    }

    private void strike() {
        Fault fault = anyOf(faults);
        List<SimulatedNode> candidates = candidates(fault);
        if (candidates.isEmpty()) {
            return;
        }
        SimulatedNode node = anyOf(candidates);
        List<SimulatedNode> others = new ArrayList<>(nodes);
        others.remove(node);
        Duration length = Duration.ofNanos(random.between(1, MAX_INTERVALS * intervalNanos));
        Scene scene = new Scene(node, others.isEmpty() ? node : anyOf(others), length, random);
        strikes.strike(fault, scene).ifPresent(made -> begin(fault, scene, made));
    }

    private List<SimulatedNode> candidates(Fault fault) {
        if (fault.isBetweenNodes() && nodes.size() < 2) {
            return List.of();
        }
        return nodes.stream()
                .filter(node -> operator.allows(fault, node) && !inForce.containsKey(place(fault, node)))
                .toList();
    }

    private void begin(Fault fault, Scene scene, Strike made) {
        InForce place = place(fault, scene.node());
        inForce.put(place, made);
        struck.merge(fault, 1, Integer::sum);
        if (fault.losesData()) {
            operator.damaged(scene.node());
        }
        tell(place, fault + made.detail(), fault.losesData());
        if (fault != Fault.DEATH) {
            world.after(scene.length(), () -> {
                if (!ended) {
                    mend(place);
                }
            });
        }
    }

    private void mend(InForce place) {
        Strike over = inForce.remove(place);
        over.mend().run();
        if (place.fault() != Fault.DEATH) {
            tell(place, place.fault() + " mended", false);
        }
    }

    private static InForce place(Fault fault, SimulatedNode node) {
        return new InForce(fault, fault.isEverywhere() ? Optional.empty() : Optional.of(node));
    }

    private void tell(InForce place, String what, boolean losesData) {
        log.accept(new Incident(
                world.nanos(), what, place.node().map(SimulatedNode::toString).orElse(""), losesData));
    }

    private void tell(String what, SimulatedNode node, boolean losesData) {
        log.accept(new Incident(world.nanos(), what, node.toString(), losesData));
    }

    private <T> T anyOf(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}

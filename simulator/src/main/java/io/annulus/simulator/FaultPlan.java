package io.annulus.simulator;

import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * Which faults {@link RandomFaults} makes, and how many.
 *
 * @param faults the kinds to draw from; none for a calm run
 * @param maxDown most nodes that are down, fenced or dead at a time
 * @param maxDamaged most nodes, over the whole run, whose data may be lost: disk replaced, restored or damaged, or dead
 * @param meanInterval mean time between two strikes; a fault passes after up to ten times this
 */
public record FaultPlan(Set<Fault> faults, int maxDown, int maxDamaged, Duration meanInterval) {

    private static final Duration MEAN_INTERVAL = Duration.ofMillis(300);

    /** No fault at all. */
    public static final FaultPlan NONE = new FaultPlan(EnumSet.noneOf(Fault.class), 0, 0, MEAN_INTERVAL);

    public FaultPlan {
        faults = Collections.unmodifiableSet(faults.isEmpty() ? EnumSet.noneOf(Fault.class) : EnumSet.copyOf(faults));
        Objects.requireNonNull(meanInterval, "meanInterval");
        if (maxDown < 0 || maxDamaged < 0) {
            throw new IllegalArgumentException(
                    "at most " + maxDown + " nodes down and " + maxDamaged + " damaged: neither may be below 0");
        }
        if (meanInterval.isNegative() || meanInterval.isZero()) {
            throw new IllegalArgumentException("a mean interval of " + meanInterval + " must be above 0");
        }
    }

    /** Whatever happens to processes: power cuts, kills, stops and pauses. */
    public static FaultPlan process(int maxDown) {
        return new FaultPlan(
                EnumSet.of(Fault.POWER_CUT, Fault.KILL, Fault.STOP, Fault.PAUSE), maxDown, 0, MEAN_INTERVAL);
    }

    /** Whatever happens to messages. */
    public static FaultPlan network() {
        return new FaultPlan(EnumSet.range(Fault.CUT, Fault.ROUGH_NETWORK), 0, 0, MEAN_INTERVAL);
    }

    /** Every fault after which a node still holds what it acknowledged. */
    public static FaultPlan harmless(int maxDown) {
        EnumSet<Fault> kinds = EnumSet.allOf(Fault.class);
        kinds.removeIf(Fault::losesData);
        return new FaultPlan(kinds, maxDown, 0, MEAN_INTERVAL);
    }

    /** Every fault. */
    public static FaultPlan all(int maxDown, int maxDamaged) {
        return new FaultPlan(EnumSet.allOf(Fault.class), maxDown, maxDamaged, MEAN_INTERVAL);
    }

    /** The same faults at another pace. */
    public FaultPlan every(Duration interval) {
        return new FaultPlan(faults, maxDown, maxDamaged, interval);
    }
}

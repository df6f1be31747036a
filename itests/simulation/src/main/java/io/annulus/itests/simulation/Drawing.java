package io.annulus.itests.simulation;

import io.annulus.api.KeyspaceSettings;
import io.annulus.api.storage.Durability;
import io.annulus.simulator.Fault;
import io.annulus.simulator.FaultPlan;
import io.annulus.simulator.SimulatedRandom;
import io.annulus.simulator.history.Mode;
import io.annulus.simulator.workload.WorkloadPlan;
import io.annulus.testkit.wiring.Seams;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Draws a run from its seed alone, so that a failing run is known by one number. Pure. */
public final class Drawing {

    private final SimulatedRandom random;
    private final Durability durability;

    private Drawing(long seed) {
        random = new SimulatedRandom(seed).fork("drawing");
        durability = durability(new SimulatedRandom(seed).fork("durability"));
    }

    /** The run of a seed. */
    public static RunConfig of(long seed) {
        return new Drawing(seed).draw(seed);
    }

    /** Most runs sync every write before it is acknowledged. */
    private static Durability durability(SimulatedRandom own) {
        return switch (own.nextInt(8)) {
            case 0 -> Durability.WRITTEN;
            case 1 -> Durability.MEMORY;
            default -> Durability.SYNCED;
        };
    }

    private RunConfig draw(long seed) {
        return switch (random.nextInt(16)) {
            case 0 -> withLargeValues(seed);
            case 1, 2 -> withStandIns(seed);
            default -> ordinary(seed);
        };
    }

    private RunConfig ordinary(long seed) {
        int copies = oneOf(List.of(3, 3, 3, 3, 3, 3, 1, 2, 4, 5));
        int nodes = oneOf(List.of(copies, copies, copies + 1, copies + 2));
        WorkloadPlan workload = workload(copies);
        Duration duration = Duration.ofMillis(random.between(3_000, 9_000));
        StoreKind store = oneOf(List.of(StoreKind.values()));
        return new RunConfig(seed, nodes, workload, duration, faults(nodes, copies), store, Seams.NONE);
    }

    /**
     * Values as large as keyspaces take by default, or at all. Then there is no room for a sibling, and the last write wins. On
     * maps, since the engine of a run has small memtables.
     */
    private RunConfig withLargeValues(long seed) {
        boolean largest = random.nextInt(2) == 0;
        Set<Mode> modes = largest ? EnumSet.of(Mode.LWW) : modes();
        int maxValueBytes = largest ? KeyspaceSettings.MAX_VALUE_BYTES : KeyspaceSettings.DEFAULT_MAX_VALUE_BYTES;
        WorkloadPlan workload =
                new WorkloadPlan(modes, 3, 2, 2, 2, 2, maxValueBytes, Duration.ofMillis(200), durability);
        Duration duration = Duration.ofMillis(random.between(3_000, 6_000));
        return new RunConfig(seed, 4, workload, duration, faults(4, 3), StoreKind.MAP, Seams.NONE);
    }

    /** Nodes are out of reach for longer than it takes to believe them dead, and others are there to stand in for them. */
    private RunConfig withStandIns(long seed) {
        int copies = oneOf(List.of(2, 3, 3));
        FaultPlan plan = oneOf(List.of(FaultPlan.network(), FaultPlan.harmless(2), FaultPlan.all(2, (copies - 1) / 2)));
        Duration duration = Duration.ofMillis(random.between(15_000, 25_000));
        StoreKind store = oneOf(List.of(StoreKind.values()));
        FaultPlan slowly = plan.every(Duration.ofMillis(1_500));
        return new RunConfig(seed, copies + 2, workload(copies), duration, slowly, store, Seams.NONE);
    }

    /** Mostly majorities; at times another R and W that just meet. */
    private WorkloadPlan workload(int copies) {
        int majority = copies / 2 + 1;
        int reads = random.nextInt(3) == 0 ? 1 + random.nextInt(copies) : majority;
        int writes = reads == majority ? majority : copies + 1 - reads;
        int keys = 1 + random.nextInt(5);
        int maxValueBytes = oneOf(List.of(64, 512, 2_048, 2_048, 16_384, 100_000));
        Duration think = Duration.ofMillis(oneOf(List.of(30, 60, 60, 100, 200)));
        return new WorkloadPlan(
                modes(), copies, reads, writes, 2 + random.nextInt(4), keys, maxValueBytes, think, durability);
    }

    /** Registers are read atomically, which takes a synced keyspace. */
    private Set<Mode> modes() {
        Set<Mode> drawn = anyModes();
        if (durability != Durability.SYNCED && drawn.remove(Mode.REGISTER) && drawn.isEmpty()) {
            drawn.add(Mode.SIBLINGS);
        }
        return drawn;
    }

    private Set<Mode> anyModes() {
        return random.nextInt(4) == 0
                ? EnumSet.of(oneOf(List.of(Mode.SIBLINGS, Mode.LWW, Mode.REGISTER)))
                : EnumSet.of(Mode.SIBLINGS, Mode.LWW, Mode.REGISTER);
    }

    private FaultPlan faults(int nodes, int copies) {
        int down = 1 + random.nextInt(nodes);
        int damaged = (copies - 1) / 2;
        FaultPlan plan =
                switch (random.nextInt(8)) {
                    case 0 -> FaultPlan.process(down);
                    case 1 -> FaultPlan.network();
                    case 2, 3 -> FaultPlan.harmless(down);
                    case 4 -> some(down, damaged);
                    default -> FaultPlan.all(down, damaged);
                };
        return plan.every(Duration.ofMillis(oneOf(List.of(100, 300, 300, 600, 1_000, 2_000))));
    }

    private FaultPlan some(int down, int damaged) {
        EnumSet<Fault> kinds = EnumSet.of(oneOf(List.of(Fault.values())));
        kinds.add(oneOf(List.of(Fault.values())));
        kinds.add(oneOf(List.of(Fault.values())));
        return new FaultPlan(kinds, down, damaged, Duration.ofMillis(300));
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}

package io.annulus.itests.simulation;

import io.annulus.simulator.Fault;
import io.annulus.simulator.FaultPlan;
import io.annulus.simulator.workload.WorkloadPlan;
import io.annulus.testkit.wiring.Seams;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * What makes a run: two runs of equal settings are the same to the last event.
 *
 * @param seed of all randomness
 * @param nodes how many there are
 * @param workload what the clients do
 * @param duration virtual time under faults
 * @param faults which may strike
 * @param store what the nodes keep their data in
 * @param seams what stands between the parts of the store
 */
public record RunConfig(
        long seed,
        int nodes,
        WorkloadPlan workload,
        Duration duration,
        FaultPlan faults,
        StoreKind store,
        Seams seams) {

    /** After these a node goes on with what it was doing, and leaves a hint for each owner that it did not reach. */
    private static final Set<Fault> HINTED = Collections.unmodifiableSet(EnumSet.of(
            Fault.PAUSE,
            Fault.CUT,
            Fault.ISOLATE,
            Fault.PARTITION,
            Fault.SLOW_LINK,
            Fault.THIN_LINK,
            Fault.ROUGH_NETWORK,
            Fault.SLOW_DISK,
            Fault.CLOCK_JUMP,
            Fault.CLOCK_DRIFT));

    public RunConfig {
        Objects.requireNonNull(workload, "workload");
        Objects.requireNonNull(duration, "duration");
        Objects.requireNonNull(faults, "faults");
        Objects.requireNonNull(store, "store");
        Objects.requireNonNull(seams, "seams");
        if (nodes < 1 || nodes > 100) {
            throw new IllegalArgumentException(nodes + " nodes: a run has 1 to 100");
        }
        int copies = Math.min(nodes, workload.copies());
        if (faults.maxDamaged() > (copies - 1) / 2) {
            throw new IllegalArgumentException("with " + faults.maxDamaged() + " of " + copies
                    + " copies damaged nothing is promised; damage at most " + (copies - 1) / 2);
        }
    }

    /** Whether hints alone, without a read that repairs, must bring all replicas together once all faults have ended. */
    boolean hintsMustSuffice() {
        return HINTED.containsAll(faults.faults());
    }

    /** A short run of three nodes on the simulator's store, without faults. */
    public static RunConfig calm(long seed) {
        return new RunConfig(
                seed, 3, WorkloadPlan.standard(3), Duration.ofSeconds(20), FaultPlan.NONE, StoreKind.MAP, Seams.NONE);
    }

    /** The same with another number of nodes. */
    public RunConfig withNodes(int number) {
        return new RunConfig(seed, number, workload, duration, faults, store, seams);
    }

    /** The same with other clients. */
    public RunConfig withWorkload(WorkloadPlan plan) {
        return new RunConfig(seed, nodes, plan, duration, faults, store, seams);
    }

    /** The same for another time. */
    public RunConfig withDuration(Duration time) {
        return new RunConfig(seed, nodes, workload, time, faults, store, seams);
    }

    /** The same with other faults. */
    public RunConfig withFaults(FaultPlan plan) {
        return new RunConfig(seed, nodes, workload, duration, plan, store, seams);
    }

    /** The same on other stores. */
    public RunConfig withStore(StoreKind kind) {
        return new RunConfig(seed, nodes, workload, duration, faults, kind, seams);
    }

    /** The same with something between the parts of the store. */
    public RunConfig withSeams(Seams between) {
        return new RunConfig(seed, nodes, workload, duration, faults, store, between);
    }
}

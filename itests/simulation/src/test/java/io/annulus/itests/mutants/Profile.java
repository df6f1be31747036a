package io.annulus.itests.mutants;

import static io.annulus.simulator.Fault.CUT;
import static io.annulus.simulator.Fault.DISK_REPLACED;
import static io.annulus.simulator.Fault.FAILED_SYNC;
import static io.annulus.simulator.Fault.FLIPPED_BIT;
import static io.annulus.simulator.Fault.FULL_DISK;
import static io.annulus.simulator.Fault.ISOLATE;
import static io.annulus.simulator.Fault.PARTITION;
import static io.annulus.simulator.Fault.POWER_CUT;
import static io.annulus.simulator.Fault.ROUGH_NETWORK;
import static io.annulus.simulator.Fault.SLOW_DISK;
import static io.annulus.simulator.Fault.SLOW_LINK;
import static io.annulus.simulator.history.Mode.LWW;
import static io.annulus.simulator.history.Mode.SIBLINGS;

import io.annulus.itests.simulation.RunConfig;
import io.annulus.simulator.Fault;
import io.annulus.simulator.FaultPlan;
import io.annulus.simulator.history.Mode;
import io.annulus.simulator.workload.WorkloadPlan;
import io.annulus.testkit.wiring.Seams;
import java.time.Duration;
import java.util.EnumSet;

/** Circumstances in which bugs show: how many nodes, what clients do, which faults strike. */
enum Profile {
    /** Three nodes and no fault. */
    QUIET(3, SIBLINGS, Load.LIGHT, FaultPlan.NONE.every(Duration.ofMillis(50))),
    /** Three nodes whose power is cut, with disks that are slow to sync. */
    POWER(3, SIBLINGS, Load.HOT, brief(2, 0, POWER_CUT, SLOW_DISK)),
    /** Three nodes of which one loses its disk, or gets an old one back. */
    LOST_DISK(3, SIBLINGS, Load.COLD, brief(1, 1, DISK_REPLACED, ISOLATE)),
    /** Three nodes with disks that are full or fail to sync. */
    BAD_DISK(3, SIBLINGS, Load.HOT, brief(1, 0, FULL_DISK, FAILED_SYNC, CUT)),
    /** Three nodes of which one has damaged bytes. */
    ROTTEN_DISK(3, SIBLINGS, Load.HOT, brief(1, 1, FLIPPED_BIT, ISOLATE)),
    /** Three nodes with disks and links that are slow. */
    SLOW(3, SIBLINGS, Load.HOT, brief(0, 0, SLOW_DISK, SLOW_LINK)),
    /** Three nodes on a bad network. */
    NETWORK(3, SIBLINGS, Load.HOT, brief(0, 0, ROUGH_NETWORK, CUT, ISOLATE, SLOW_LINK)),
    /** Three nodes that are cut off for long, and keys of which most are rarely used. */
    CUT_OFF(3, SIBLINGS, Load.WIDE, lasting(0, ISOLATE, CUT)),
    /** Five nodes, so that there are stand-ins, cut off for long. */
    STAND_INS(5, SIBLINGS, Load.COLD, lasting(1, ISOLATE, PARTITION, CUT, ROUGH_NETWORK)),
    /** Five nodes, and messages that are lost, doubled and reordered. */
    ROUGH(5, SIBLINGS, Load.HOT, brief(0, 0, ROUGH_NETWORK, PARTITION)),
    /** Five nodes in which the last write wins, on a bad network. */
    LAST_WRITE(5, LWW, Load.HOT, brief(0, 0, ISOLATE, CUT, ROUGH_NETWORK));

    /** A run lasts as long as so many faults take on average. */
    private static final int FAULTS = 30;

    private final int nodes;
    private final WorkloadPlan workload;
    private final FaultPlan faults;

    Profile(int nodes, Mode mode, Load load, FaultPlan faults) {
        this.nodes = nodes;
        this.workload = load.on(mode);
        this.faults = faults;
    }

    /** The run of a seed in these circumstances. */
    RunConfig run(long seed, Seams seams) {
        return RunConfig.calm(seed)
                .withNodes(nodes)
                .withWorkload(workload)
                .withDuration(faults.meanInterval().multipliedBy(FAULTS))
                .withFaults(faults)
                .withSeams(seams);
    }

    /** Faults that pass after up to two and a half seconds: most before a node is believed dead. */
    private static FaultPlan brief(int maxDown, int maxDamaged, Fault first, Fault... others) {
        return new FaultPlan(EnumSet.of(first, others), maxDown, maxDamaged, Duration.ofMillis(250));
    }

    /** Faults that pass after up to ten seconds: nodes are believed dead, and stand-ins take their place. */
    private static FaultPlan lasting(int maxDown, Fault first, Fault... others) {
        return new FaultPlan(EnumSet.of(first, others), maxDown, 0, Duration.ofSeconds(1));
    }
}

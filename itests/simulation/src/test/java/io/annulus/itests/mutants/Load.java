package io.annulus.itests.mutants;

import io.annulus.api.storage.Durability;
import io.annulus.simulator.history.Mode;
import io.annulus.simulator.workload.WorkloadPlan;
import java.time.Duration;
import java.util.Set;

/** What the clients of a run do. Keys of which most are left in peace show in the end what was not repaired meanwhile. */
enum Load {
    /** Many clients at two keys. */
    HOT(8, 2, 25),
    /** Many clients at many keys. */
    WIDE(8, 24, 25),
    /** Many clients at very many keys: what a replica missed is seen when a key is next read. */
    COLD(12, 150, 20),
    /** A few clients at two keys. */
    LIGHT(3, 2, 50);

    private static final int COPIES = 3;
    private static final int MAJORITY = 2;
    private static final int VALUE_BYTES = 32;

    private final int clients;
    private final int keys;
    private final int thinkMillis;

    Load(int clients, int keys, int thinkMillis) {
        this.clients = clients;
        this.keys = keys;
        this.thinkMillis = thinkMillis;
    }

    /** This load on keys of one mode. */
    WorkloadPlan on(Mode mode) {
        return new WorkloadPlan(
                Set.of(mode),
                COPIES,
                MAJORITY,
                MAJORITY,
                clients,
                keys,
                VALUE_BYTES,
                Duration.ofMillis(thinkMillis),
                Durability.SYNCED);
    }
}

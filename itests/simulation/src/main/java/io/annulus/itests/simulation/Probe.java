package io.annulus.itests.simulation;

import io.annulus.api.Keyspace;
import io.annulus.api.WriteOptions;
import io.annulus.simulator.SimulatedWorld;
import io.annulus.simulator.workload.WorkloadPlan;
import io.annulus.testkit.wiring.SimulatedAnnulus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/**
 * Writes at each node until it succeeds there, as an operator does who wants to know that a node is well again. A node whose
 * disk had been full has perhaps no names left for new versions, and reserves some only when it is asked to write.
 */
final class Probe {

    private static final String KEY = "l-probe";
    private static final Duration INTERVAL = Duration.ofMillis(100);

    private final SimulatedWorld world;
    private final Cluster cluster;
    private final Set<String> well = new TreeSet<>();

    Probe(SimulatedWorld world, Cluster cluster) {
        this.world = world;
        this.cluster = cluster;
        cluster.running().forEach(this::write);
    }

    boolean allTakeWrites() {
        return well.size() == cluster.running().size();
    }

    private void write(SimulatedAnnulus node) {
        String name = node.node().toString();
        Keyspace keyspace = node.keyspace(WorkloadPlan.keyspaceOf(KEY))
                .orElseThrow(() -> new IllegalStateException(name + " runs and does not serve"));
        byte[] bytes = KEY.getBytes(StandardCharsets.UTF_8);
        WriteOptions options = WriteOptions.acks(1).withSloppy(true);
        keyspace.put(bytes, bytes, options).whenComplete((result, failure) -> {
            if (failure == null) {
                well.add(name);
            } else {
                world.after(INTERVAL, () -> write(node));
            }
        });
    }
}

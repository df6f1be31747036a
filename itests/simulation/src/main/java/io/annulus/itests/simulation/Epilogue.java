package io.annulus.itests.simulation;

import io.annulus.api.ReplicaHolding;
import io.annulus.api.ReplicaHolding.State;
import io.annulus.api.Sibling;
import io.annulus.simulator.SimulatedWorld;
import io.annulus.simulator.history.HistoryRecorder;
import io.annulus.simulator.history.Mode;
import io.annulus.simulator.history.Operation;
import io.annulus.simulator.history.ReplicaState;
import io.annulus.simulator.history.Setting;
import io.annulus.simulator.workload.Workload;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The end states of a run: each key is read from all owners that count, and then each of them is asked what it holds itself.
 * An owner that is dead, or was given another disk, does not count: nothing brings back what it held but reads that happen to
 * ask it, as long as there is no anti-entropy.
 */
final class Epilogue {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Set<State> SAID = EnumSet.of(State.VALUE, State.TOMBSTONE, State.ABSENT);

    private final SimulatedWorld world;
    private final Cluster cluster;
    private final Workload workload;
    private final HistoryRecorder recorder;
    private final Set<String> keys;

    Epilogue(SimulatedWorld world, Cluster cluster, Workload workload, HistoryRecorder recorder) {
        this.world = world;
        this.cluster = cluster;
        this.workload = workload;
        this.recorder = recorder;
        this.keys = new TreeSet<>(recorder.history(Setting.of(Mode.SIBLINGS)).operations().stream()
                .map(Operation::key)
                .toList());
    }

    /** Reads each key, which repairs the replicas that are behind. */
    void readAll() {
        String node = cluster.anyOwner().node().toString();
        for (String key : keys) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            workload.readLast(node, key, counting(key).size(), () -> done.complete(null));
            await(done, "the last read of " + key);
        }
    }

    /** Asks each replica. */
    void lookAtReplicas() {
        for (String key : keys) {
            for (ReplicaHolding holding : counting(key)) {
                List<byte[]> values =
                        holding.siblings().stream().map(Sibling::value).toList();
                recorder.finalState(new ReplicaState(
                        holding.node(), key, Workload.shown(key, values), OptionalLong.empty(), holding.digest()));
            }
        }
    }

    private List<ReplicaHolding> counting(String key) {
        List<ReplicaHolding> counting = await(cluster.holdings(key), "the replicas of " + key).stream()
                .filter(holding -> cluster.isOwner(holding.node()))
                .toList();
        for (ReplicaHolding holding : counting) {
            if (!SAID.contains(holding.state())) {
                throw new IllegalStateException("in peace, owner " + holding.node() + " of " + key + " is "
                        + holding.state() + " when it is asked what it holds");
            }
        }
        if (counting.isEmpty()) {
            throw new IllegalStateException("no owner of " + key + " is left");
        }
        return counting;
    }

    private <T> T await(CompletionStage<T> stage, String what) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        if (!world.runUntil(future::isDone, LIMIT)) {
            throw new IllegalStateException("in peace, " + what + " took more than " + LIMIT.toSeconds() + " s");
        }
        return future.join();
    }
}

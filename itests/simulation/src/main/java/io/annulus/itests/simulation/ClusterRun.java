package io.annulus.itests.simulation;

import io.annulus.api.KeyspaceSettings;
import io.annulus.simulator.DiskSettings;
import io.annulus.simulator.Fault;
import io.annulus.simulator.RandomFaults;
import io.annulus.simulator.SimulatedWorld;
import io.annulus.simulator.history.History;
import io.annulus.simulator.history.HistoryRecorder;
import io.annulus.simulator.history.Mode;
import io.annulus.simulator.history.Setting;
import io.annulus.simulator.judge.Judges;
import io.annulus.simulator.judge.Violation;
import io.annulus.simulator.workload.Workload;
import io.annulus.simulator.workload.WorkloadPlan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * One run: a cluster under clients and faults; then peace, in which every operation must succeed; then rest, last reads, and
 * what each replica holds; then the judges. Confined to the calling thread.
 */
public final class ClusterRun {

    /** In how long an operation must succeed when no fault is left. */
    static final Duration LIVENESS_BOUND = Duration.ofMillis(2_500);

    private static final Duration LIMIT = Duration.ofSeconds(120);
    /** What a slow disk was asked to do before the last fault ended takes its time, and writes are refused meanwhile. */
    private static final Duration SETTLING = Duration.ofNanos(2 * DiskSettings.SLOW.maxSyncNanos());

    private static final Duration PEACE = Duration.ofSeconds(3);
    private static final Duration REST = Duration.ofSeconds(20);
    private static final Duration REPAIR = Duration.ofSeconds(2);

    private final RunConfig config;
    private final SimulatedWorld world;
    private final HistoryRecorder recorder = new HistoryRecorder();
    private final List<Violation> violations = new ArrayList<>();
    private final Cluster cluster;
    private final Workload workload;
    private long peaceNanos = Long.MAX_VALUE;
    private Map<Fault, Integer> struck = Map.of();

    private ClusterRun(RunConfig config) {
        this.config = config;
        world = new SimulatedWorld(config.seed());
        cluster = new Cluster(world, config);
        workload = new Workload(world, cluster, recorder, config.workload());
    }

    /** Runs, and judges. What a node throws is a violation too. */
    public static RunResult of(RunConfig config) {
        return new ClusterRun(config).run();
    }

    private RunResult run() {
        try {
            act();
        } catch (RuntimeException e) {
            broken("the run ended with " + e);
        }
        History history = recorder.history(
                new Setting(config.seed(), Mode.SIBLINGS, WorkloadPlan.modesByPrefix(), Set.of(), peaceNanos));
        KeyspaceSettings any = config.workload().keyspaces().get(0);
        violations.addAll(Judges.judge(history, Judges.standard(LIVENESS_BOUND, any)));
        return new RunResult(config, history, violations, struck, world.traceHash());
    }

    private void act() {
        if (!reached("a ring", cluster::allServe, LIMIT)) {
            return;
        }
        workload.start();
        RandomFaults faults = new RandomFaults(world, world.nodes(), config.faults(), recorder::incident);
        world.runFor(config.duration());
        faults.end();
        cluster.restartUnserving();
        struck = faults.struck();
        if (reached("that all nodes see each other", cluster::isWhole, LIMIT)
                && reached("that each node takes a write", new Probe(world, cluster)::allTakeWrites, LIMIT)) {
            havePeace();
            end(new Epilogue(world, cluster, workload, recorder));
        }
    }

    /** Reads repair what hints have missed, so where hints must suffice, the replicas are looked at first. */
    private void end(Epilogue epilogue) {
        if (config.hintsMustSuffice()) {
            epilogue.lookAtReplicas();
            epilogue.readAll();
        } else {
            epilogue.readAll();
            world.runFor(REPAIR);
            epilogue.lookAtReplicas();
        }
    }

    private void havePeace() {
        int copies = Math.min(config.nodes(), config.workload().copies());
        int dead = config.nodes() - cluster.running().size();
        int without = (int)
                cluster.names().stream().filter(name -> !cluster.isOwner(name)).count();
        workload.limit(copies - without, copies - dead);
        world.runFor(SETTLING);
        peaceNanos = world.nanos();
        world.runFor(PEACE);
        workload.stop();
        reached("an answer to each client", workload::isQuiet, LIMIT);
        world.runFor(REPAIR);
        boolean delivered = world.runUntil(() -> cluster.hints() == 0, REST);
        if (!delivered && dead == 0) {
            broken("all nodes are up, and after " + REST.toSeconds() + " s there are " + cluster.hints()
                    + " hints still");
        }
        world.runFor(REPAIR);
    }

    private boolean reached(String what, BooleanSupplier condition, Duration limit) {
        boolean reached = world.runUntil(condition, limit);
        if (!reached) {
            broken("waited " + limit.toSeconds() + " s for " + what);
        }
        return reached;
    }

    private void broken(String text) {
        violations.add(new Violation("run", "", text, List.of()));
    }
}

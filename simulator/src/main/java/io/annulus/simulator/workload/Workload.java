package io.annulus.simulator.workload;

import io.annulus.api.ReadOptions;
import io.annulus.simulator.SimulatedWorld;
import io.annulus.simulator.history.HistoryRecorder;
import io.annulus.simulator.history.Level;
import io.annulus.simulator.history.Mode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** All clients of one run. Used on the thread of the world. */
public final class Workload {

    private static final int STRICT_EVERY = 3;
    private static final int READERS = 2;

    private final ClientParts parts;
    private final Session last;
    private final List<ClosedLoop> loops = new ArrayList<>();

    /** Clients that stand still until {@link #start}. */
    public Workload(SimulatedWorld world, Gateway gateway, HistoryRecorder recorder, WorkloadPlan plan) {
        int copies = Math.min(plan.copies(), gateway.names().size());
        parts = new ClientParts(
                world, gateway, recorder, plan, new Levels(copies, plan.reads(), plan.writes(), plan.isSynced()));
        last = parts.session("last");
        addMixedClients();
        if (plan.modes().contains(Mode.REGISTER)) {
            addRegister("r-0", 0);
            addRegister("r-1", 1);
        }
    }

    private void addMixedClients() {
        List<String> keys = new ArrayList<>();
        for (String prefix : mixedPrefixes()) {
            for (int i = 1; i < parts.plan().keys(); i++) {
                keys.add(prefix + i);
                keys.add(prefix + 0);
            }
            keys.add(prefix + 0);
        }
        Set<String> emptied = new HashSet<>();
        for (int i = 0; i < parts.plan().clients() && !keys.isEmpty(); i++) {
            boolean strict = parts.plan().isSynced() && i % STRICT_EVERY == STRICT_EVERY - 1;
            loops.add(new MixedClient(parts, "c" + i, keys, strict, emptied).loop());
        }
    }

    private List<String> mixedPrefixes() {
        return Stream.of("s-", "l-")
                .filter(prefix -> parts.plan()
                        .modes()
                        .contains(WorkloadPlan.modesByPrefix().get(prefix)))
                .toList();
    }

    private void addRegister(String key, int number) {
        loops.add(new RegisterClient(parts, "w" + number, key, true).loop());
        for (int i = 0; i < READERS; i++) {
            loops.add(new RegisterClient(parts, "q" + (number * READERS + i), key, false).loop());
        }
    }

    /** The clients begin. */
    public void start() {
        loops.forEach(ClosedLoop::start);
    }

    /**
     * The faults have ended: no operation asks more replicas from now on than are there.
     *
     * @param readable how many owners of each key can answer a read
     * @param writable how many owners of each key can take a write
     */
    public void limit(int readable, int writable) {
        parts.levels().limit(readable, writable);
    }

    /** No client asks anything more. */
    public void stop() {
        loops.forEach(ClosedLoop::stop);
    }

    /** Whether no client waits for an answer. */
    public boolean isQuiet() {
        return loops.stream().noneMatch(ClosedLoop::waits);
    }

    /**
     * Asks for an end state; {@code then} runs when it is answered, or failed.
     *
     * @param replicas R
     */
    public void readLast(String node, String key, int replicas, Runnable then) {
        Level level = parts.levels().levelOf(ReadOptions.of(replicas));
        last.askLast(node, key, level);
        parts.gateway()
                .keyspace(node, WorkloadPlan.keyspaceOf(key))
                .orElseThrow(() -> new IllegalStateException(node + " does not serve"))
                .get(key.getBytes(StandardCharsets.UTF_8), ReadOptions.of(replicas))
                .whenComplete((result, failure) -> {
                    if (failure == null) {
                        last.answered(result, shown(key, result.values()));
                    } else {
                        last.failed(failure);
                    }
                    then.run();
                });
    }

    /** The texts of the values that a client of a key sees where the store has these. */
    public static List<String> shown(String key, List<byte[]> values) {
        List<String> names = values.stream().map(ValueCodec::decode).toList();
        return WorkloadPlan.modesByPrefix().get(key.substring(0, 2)) == Mode.REGISTER
                ? RegisterClient.shown(names)
                : names;
    }
}

package io.annulus.itests.simulation;

import io.annulus.simulator.Fault;
import io.annulus.simulator.history.Answer;
import io.annulus.simulator.history.Answer.Ending;
import io.annulus.simulator.history.History;
import io.annulus.simulator.judge.Violation;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What came of a run.
 *
 * @param config the run
 * @param history what the clients saw
 * @param violations promises that were broken; none when all is well
 * @param struck faults by kind
 * @param traceHash of all events
 */
public record RunResult(
        RunConfig config, History history, List<Violation> violations, Map<Fault, Integer> struck, long traceHash) {

    public RunResult {
        Objects.requireNonNull(config, "config");
        Objects.requireNonNull(history, "history");
        violations = List.copyOf(violations);
        Map<Fault, Integer> copy = new EnumMap<>(Fault.class);
        copy.putAll(struck);
        struck = Collections.unmodifiableMap(copy);
    }

    /** Whether a promise was broken. */
    public boolean failed() {
        return !violations.isEmpty();
    }

    /** Operations by how they ended; those without an answer count as unknown. */
    public Map<Ending, Integer> endings() {
        Map<Ending, Integer> counts = new EnumMap<>(Ending.class);
        history.operations()
                .forEach(operation ->
                        counts.merge(operation.answer().map(Answer::ending).orElse(Ending.INFO), 1, Integer::sum));
        return counts;
    }
}

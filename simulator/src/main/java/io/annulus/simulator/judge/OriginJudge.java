package io.annulus.simulator.judge;

import io.annulus.simulator.history.Function;
import io.annulus.simulator.history.History;
import io.annulus.simulator.history.Mode;
import io.annulus.simulator.history.Operation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Nothing is read, and nothing held at the end, that nobody wrote, whose write was said not to have happened, or that was
 * written only afterwards; and nothing twice in one answer. For keys of every mode but counters. Nor does a write send a context
 * that no earlier operation on its key was given: then the history is at fault.
 *
 * <p>Not seen: a value that was written and is shown to the wrong key where both were written the same.
 */
public final class OriginJudge implements Judge {

    private static final Set<Function> WRITING = EnumSet.of(Function.PUT, Function.CAS, Function.SADD, Function.MPUT);

    @Override
    public String name() {
        return "origin";
    }

    @Override
    public List<Violation> judge(History history) {
        List<Violation> violations = new ArrayList<>();
        for (KeyHistory key : KeyHistory.of(history)) {
            contexts(key, violations);
            if (history.setting().modeOf(key.key()) != Mode.COUNTER) {
                Map<String, List<Operation>> writers = writers(key);
                key.sights().forEach(sight -> judge(key, sight, writers, violations));
            }
        }
        return violations;
    }

    /** Answers may have come sooner than was taken down, so the order of invocations counts. */
    private void contexts(KeyHistory key, List<Violation> violations) {
        Set<String> given = new HashSet<>(Set.of(""));
        for (Operation operation : key.operations()) {
            String context = operation.invocation().context();
            if (!given.contains(context)) {
                violations.add(key.violation(
                        this,
                        operation.function() + " of " + operation.invocation().process() + " sends context " + context
                                + ", which no earlier operation was given",
                        List.of(operation.index())));
            }
            given.add(operation.contextGiven());
        }
    }

    private void judge(KeyHistory key, Sight sight, Map<String, List<Operation>> writers, List<Violation> violations) {
        Set<String> seen = new TreeSet<>();
        for (String value : sight.values()) {
            List<Operation> by = writers.getOrDefault(value, List.of());
            String fault = "";
            if (!seen.add(value)) {
                fault = "twice";
            } else if (by.isEmpty()) {
                fault = "which nobody wrote";
            } else if (by.stream().allMatch(Operation::isFailed)) {
                fault = "whose write was said not to have happened";
            } else if (by.stream().noneMatch(sight::maySee)) {
                fault = "which was written only afterwards";
            }
            if (!fault.isEmpty()) {
                List<Integer> proof = new ArrayList<>(sight.operations());
                by.forEach(write -> proof.add(write.index()));
                violations.add(key.violation(this, sight.where() + " shows " + value + ", " + fault, proof));
            }
        }
    }

    private static Map<String, List<Operation>> writers(KeyHistory key) {
        Map<String, List<Operation>> writers = new TreeMap<>();
        for (Operation operation : key.operations()) {
            if (WRITING.contains(operation.function())) {
                operation.value().ifPresent(value -> writers.computeIfAbsent(value, unused -> new ArrayList<>())
                        .add(operation));
            }
        }
        return writers;
    }
}

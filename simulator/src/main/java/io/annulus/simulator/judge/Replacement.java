package io.annulus.simulator.judge;

import io.annulus.simulator.history.Function;
import io.annulus.simulator.history.Operation;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which values of one key a context covers, and so which values a write replaces. A context is compared for equality only: it
 * covers the values of every answer that gave it, the put that it answers, and all that these had replaced, transitively. A
 * write without a context, or with one that no answer gave, replaces nothing. Immutable in effect; one thread.
 */
final class Replacement {

    private static final BitSet NOTHING = new BitSet();

    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<String, Operation> writers = new HashMap<>();
    private final Map<String, List<Operation>> answersByContext;
    private final List<Operation> deletes;
    private final Map<String, BitSet> covered = new HashMap<>();

    private Replacement(List<Operation> operations) {
        Set<String> found = new TreeSet<>();
        for (Operation operation : operations) {
            found.addAll(operation.values());
            operation.value().ifPresent(found::add);
            operation.value().ifPresent(value -> writers.putIfAbsent(value, operation));
        }
        for (String value : found) {
            numbers.put(value, numbers.size());
        }
        answersByContext = operations.stream()
                .filter(operation -> !contextGiven(operation).isEmpty())
                .collect(Collectors.groupingBy(Replacement::contextGiven));
        deletes = operations.stream()
                .filter(operation -> operation.function() == Function.DELETE && operation.mayTakeEffect())
                .toList();
    }

    /** What follows from all operations of one key. */
    static Replacement of(List<Operation> operationsOfOneKey) {
        return new Replacement(operationsOfOneKey);
    }

    /** Whether a context covers a value; empty text covers none. */
    boolean covers(String context, String value) {
        Integer number = numbers.get(value);
        return number != null && cover(context).get(number);
    }

    /** Whether a write replaces a value where it takes effect. */
    boolean replaces(Operation write, String value) {
        return covers(write.invocation().context(), value);
    }

    /** Whether whoever sees {@code later} has seen {@code earlier} too, or what replaced it. */
    boolean follows(String later, String earlier) {
        Operation writer = writers.get(later);
        return later.equals(earlier) || writer != null && replaces(writer, earlier);
    }

    /** As {@link #accountedFor(String, Collection, Predicate)}, with every delete that was not refused. */
    boolean accountedFor(String value, Collection<String> present) {
        return accountedFor(value, present, delete -> true);
    }

    /**
     * Whether a value is there, or was replaced by a value that is there, or by a delete that may have taken effect; at once
     * or through values that are gone as well. What covers a value covers all that the value replaced, so one step is
     * enough.
     *
     * @param deletesThatCount which of the deletes that were not refused may have taken effect, for instance those that had
     *     begun when the read ended
     */
    boolean accountedFor(String value, Collection<String> present, Predicate<Operation> deletesThatCount) {
        return present.stream().anyMatch(shown -> follows(shown, value))
                || deletes.stream().anyMatch(delete -> replaces(delete, value) && deletesThatCount.test(delete));
    }

    private BitSet cover(String context) {
        if (context.isEmpty()) {
            return NOTHING;
        }
        BitSet known = covered.get(context);
        if (known == null) {
            known = new BitSet(numbers.size());
            spread(context, known, new TreeSet<>());
            covered.put(context, known);
        }
        return known;
    }

    /** Adds to {@code reached} all that a context covers; a context is visited once, however contexts name each other. */
    private void spread(String context, BitSet reached, Set<String> visited) {
        if (context.isEmpty() || !visited.add(context)) {
            return;
        }
        BitSet known = covered.get(context);
        if (known != null) {
            reached.or(known);
            return;
        }
        for (Operation answered : answersByContext.getOrDefault(context, List.of())) {
            answered.values().forEach(value -> spreadFrom(value, reached, visited));
            if (answered.function().isWrite()) {
                answered.value().ifPresent(value -> spreadFrom(value, reached, visited));
                spread(answered.invocation().context(), reached, visited);
            }
        }
    }

    private void spreadFrom(String value, BitSet reached, Set<String> visited) {
        reached.set(numbers.get(value));
        Operation writer = writers.get(value);
        if (writer != null) {
            spread(writer.invocation().context(), reached, visited);
        }
    }

    private static String contextGiven(Operation operation) {
        return operation.answer().map(answer -> answer.context()).orElse("");
    }
}

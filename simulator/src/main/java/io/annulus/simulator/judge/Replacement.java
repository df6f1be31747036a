package io.annulus.simulator.judge;

import io.annulus.simulator.history.Function;
import io.annulus.simulator.history.Operation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Which values of one key a context covers, and so which values a write replaces. A context is compared for equality only: it
 * covers the values of every answer that gave it, the put that it answers, and all that these had replaced, transitively. A
 * write without a context, or with one that no answer gave, replaces nothing. Immutable in effect; one thread.
 */
final class Replacement {

    private static final BitSet NOTHING = new BitSet();

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> values = new ArrayList<>();
    private final Map<String, Operation> writers = new HashMap<>();
    private final Map<String, BitSet> covered = new HashMap<>();
    private final Map<String, Long> deletedFrom = new HashMap<>();

    private Replacement(List<Operation> operations) {
        for (Operation operation : operations) {
            operation.value().ifPresent(value -> writers.putIfAbsent(value, operation));
        }
        cover(operations.stream()
                .filter(operation -> !operation.contextGiven().isEmpty())
                .sorted(Comparator.comparingLong(Operation::endNanos))
                .toList());
        findFirstDeletes(operations);
    }

    /** What follows from all operations of one key. */
    static Replacement of(List<Operation> operationsOfOneKey) {
        return new Replacement(operationsOfOneKey);
    }

    /** Whether a context covers a value; empty text covers none. */
    boolean covers(String context, String value) {
        return has(covered.getOrDefault(context, NOTHING), value);
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

    /**
     * Which values a look at the key that was over at a time accounts for: those that it shows, those that these had replaced,
     * and those that a delete may have removed which had begun by then; at once or through values that are gone as well. What
     * covers a value covers all that the value replaced, so one step is enough.
     */
    Predicate<String> accountedBy(Collection<String> shown, long nanos) {
        BitSet reflected = new BitSet();
        shown.forEach(value -> add(reflected, value));
        return value -> shown.contains(value) || isDeleted(value, nanos) || has(reflected, value);
    }

    private boolean isDeleted(String value, long nanos) {
        Long from = deletedFrom.get(value);
        return from != null && from <= nanos;
    }

    /**
     * Finds what all contexts cover. In the order of their ends, answers lean on earlier ones, so that a second pass finds
     * nothing new; it does where a context was given again, or contexts name each other.
     */
    private void cover(List<Operation> giversByEnd) {
        boolean grows = true;
        while (grows) {
            grows = false;
            for (Operation giver : giversByEnd) {
                grows |= widen(covered.computeIfAbsent(giver.contextGiven(), unused -> new BitSet()), giver);
            }
        }
    }

    /** Adds what a context covers because an answer gave it. */
    private boolean widen(BitSet cover, Operation giver) {
        int before = cover.cardinality();
        giver.values().forEach(value -> add(cover, value));
        if (giver.function().isWrite()) {
            giver.value().ifPresent(value -> add(cover, value));
            cover.or(covered.getOrDefault(giver.invocation().context(), NOTHING));
        }
        return cover.cardinality() > before;
    }

    /** Finds when the first delete began that may have removed each value. */
    private void findFirstDeletes(List<Operation> operations) {
        BitSet deleted = new BitSet();
        for (Operation delete : operations) {
            if (delete.function() == Function.DELETE && delete.mayTakeEffect()) {
                BitSet more = (BitSet) covered.getOrDefault(delete.invocation().context(), NOTHING)
                        .clone();
                more.andNot(deleted);
                more.stream().forEach(number -> deletedFrom.put(values.get(number), delete.startNanos()));
                deleted.or(more);
            }
        }
    }

    private boolean has(BitSet set, String value) {
        Integer number = numbers.get(value);
        return number != null && set.get(number);
    }

    private void add(BitSet cover, String value) {
        cover.set(number(value));
        Operation writer = writers.get(value);
        if (writer != null) {
            cover.or(covered.getOrDefault(writer.invocation().context(), NOTHING));
        }
    }

    private int number(String value) {
        return numbers.computeIfAbsent(value, found -> {
            values.add(found);
            return values.size() - 1;
        });
    }
}

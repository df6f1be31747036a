package io.annulus.simulator.judge;

import io.annulus.simulator.history.Function;
import io.annulus.simulator.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * One key whose items are added and removed, where an addition wins over a removal that had not seen it (Bieniusa et al., "An
 * optimized conflict-free replicated set", 2012): a set, whose entries are its items, or a map, whose entries are fields with
 * values and whose items are the fields.
 *
 * <p>A removal takes away the additions that its context covers. An answer that shows an entry covers one addition of it at
 * least: a certain one when no other had begun, or when the answer claims to have met it. What the context of a write's answer
 * covers besides that write, and what a removal without a context removes, is not known: both may be anything that had begun.
 */
final class AddWins {

    private final KeyHistory key;
    private final UnaryOperator<String> itemOf;
    private final List<Operation> additions;
    private final List<Operation> removals;
    private final List<Operation> replacers;

    /**
     * The additions and removals of a key.
     *
     * @param itemOf the item of an entry
     * @param replaces whether an addition replaces the earlier ones of its item that its context covers
     */
    AddWins(KeyHistory key, Function adds, Function removes, UnaryOperator<String> itemOf, boolean replaces) {
        this.key = key;
        this.itemOf = itemOf;
        this.additions =
                key.writes().stream().filter(write -> write.function() == adds).toList();
        this.removals = key.writes().stream()
                .filter(write -> write.function() == removes)
                .toList();
        this.replacers = new ArrayList<>(removals);
        if (replaces) {
            replacers.addAll(additions);
        }
    }

    /** What a look shows or lacks against what it certainly had to account for, for the judge named. */
    List<Violation> judge(Judge judge, Sight sight, Predicate<Operation> certain) {
        List<Violation> violations = new ArrayList<>();
        new TreeSet<>(sight.values()).forEach(entry -> notRemoved(judge, sight, entry, certain, violations));
        Set<String> shown = new TreeSet<>();
        sight.values().forEach(entry -> shown.add(itemOf.apply(entry)));
        for (Operation addition : additions) {
            if (!shown.contains(item(addition)) && removersOf(addition, sight).isEmpty() && certain.test(addition)) {
                violations.add(violation(
                        judge,
                        sight,
                        "lacks " + entry(addition) + ", which was added and which no removal may have taken away",
                        List.of(addition)));
            }
        }
        return violations;
    }

    private void notRemoved(
            Judge judge, Sight sight, String entry, Predicate<Operation> certain, List<Violation> violations) {
        List<Operation> proof = new ArrayList<>();
        for (Operation addition : additions) {
            if (entry(addition).equals(entry) && sight.maySee(addition)) {
                List<Operation> by = replacers.stream()
                        .filter(write -> write != addition
                                && item(write).equals(item(addition))
                                && certainlyCovers(write, addition)
                                && certain.test(write))
                        .toList();
                if (by.isEmpty()) {
                    return;
                }
                proof.add(addition);
                proof.add(by.get(0));
            }
        }
        if (!proof.isEmpty()) {
            violations.add(violation(
                    judge, sight, "shows " + entry + ", of which every addition had been removed or replaced", proof));
        }
    }

    private List<Operation> removersOf(Operation addition, Sight sight) {
        return removals.stream()
                .filter(removal ->
                        sight.maySee(removal) && item(removal).equals(item(addition)) && mayCover(removal, addition))
                .toList();
    }

    private boolean certainlyCovers(Operation write, Operation addition) {
        return key.givers(write)
                .anyMatch(given -> given == addition
                        || !given.function().isWrite()
                                && given.values().contains(entry(addition))
                                && (isOnlyOneBefore(given, addition) || Claims.meets(addition, given)));
    }

    private boolean isOnlyOneBefore(Operation read, Operation addition) {
        return additions.stream()
                .noneMatch(other -> other != addition
                        && entry(other).equals(entry(addition))
                        && other.startNanos() <= read.endNanos());
    }

    private boolean mayCover(Operation removal, Operation addition) {
        if (removal.invocation().context().isEmpty()) {
            return addition.startNanos() <= removal.endNanos();
        }
        return key.givers(removal)
                .anyMatch(given -> addition.startNanos() <= given.endNanos()
                        && (given.function().isWrite()
                                || given.values().stream().map(itemOf).anyMatch(item(addition)::equals)));
    }

    private String entry(Operation write) {
        return write.value()
                .orElseThrow(() -> new IllegalArgumentException(
                        "operation " + write.index() + " on " + key.key() + " names no item; give it a value"));
    }

    private String item(Operation write) {
        return itemOf.apply(entry(write));
    }

    private Violation violation(Judge judge, Sight sight, String text, List<Operation> writes) {
        List<Integer> proof = new ArrayList<>(sight.operations());
        writes.forEach(write -> proof.add(write.index()));
        return key.violation(judge, sight.where() + " " + text, proof);
    }
}

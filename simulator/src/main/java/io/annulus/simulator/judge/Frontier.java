package io.annulus.simulator.judge;

import io.annulus.simulator.history.Operation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What every later look at a key of siblings has to account for. Only the newest values are kept: who accounts for one of
 * them accounts for all that it replaced. Used by one thread.
 */
final class Frontier {

    /**
     * Something that a look contradicts.
     *
     * @param text what, as the end of a sentence
     * @param proof index of the operation that proves it should be otherwise
     */
    record Contradiction(String text, int proof) {}

    private final Replacement replacement;
    private final Map<String, Integer> newest = new LinkedHashMap<>();
    private final Map<String, Integer> gone = new LinkedHashMap<>();
    private final List<Operation> deletes = new ArrayList<>();

    Frontier(Replacement replacement) {
        this.replacement = replacement;
    }

    /** From now on a write has to be accounted for. */
    void add(Operation write) {
        if (write.value().isPresent()) {
            add(write.value().get(), write.index());
        } else {
            newest.keySet().removeIf(value -> replacement.replaces(write, value));
            deletes.add(write);
        }
    }

    /** From now on a value has to be accounted for. */
    void add(String value, int proof) {
        boolean known = newest.keySet().stream().anyMatch(newer -> replacement.follows(newer, value))
                || deletes.stream().anyMatch(delete -> replacement.replaces(delete, value));
        if (!known) {
            newest.keySet().removeIf(older -> replacement.follows(value, older));
            newest.put(value, proof);
        }
    }

    /** From now on a value may not be shown any more. */
    void addGone(String value, int proof) {
        gone.putIfAbsent(value, proof);
    }

    /** The newest values that are not among those shown, so that, if all is well, something has replaced them. */
    Set<String> without(Collection<String> shown) {
        Set<String> left = new TreeSet<>(newest.keySet());
        left.removeAll(shown);
        return left;
    }

    /** How a look that was over at a time contradicts what has to be accounted for, if it does. */
    Optional<Contradiction> contradiction(Collection<String> shown, long nanos) {
        Predicate<String> accounted = replacement.accountedBy(shown, nanos);
        for (Map.Entry<String, Integer> due : newest.entrySet()) {
            if (!accounted.test(due.getKey())) {
                return Optional.of(
                        new Contradiction("neither shows " + due.getKey() + " nor what replaced it", due.getValue()));
            }
        }
        return shown.stream().flatMap(value -> returned(value).stream()).findFirst();
    }

    private Optional<Contradiction> returned(String value) {
        for (Map.Entry<String, Integer> due : newest.entrySet()) {
            if (!due.getKey().equals(value) && replacement.follows(due.getKey(), value)) {
                return Optional.of(
                        new Contradiction("shows " + value + ", which " + due.getKey() + " replaced", due.getValue()));
            }
        }
        for (Operation delete : deletes) {
            if (replacement.replaces(delete, value)) {
                return Optional.of(new Contradiction("shows " + value + ", which was deleted", delete.index()));
            }
        }
        Integer missed = gone.get(value);
        return missed == null
                ? Optional.empty()
                : Optional.of(new Contradiction("shows " + value + " again, which was gone before", missed));
    }
}

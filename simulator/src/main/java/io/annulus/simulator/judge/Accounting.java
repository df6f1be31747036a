package io.annulus.simulator.judge;

import io.annulus.simulator.history.Function;
import io.annulus.simulator.history.Operation;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Whether looks at a key of siblings account for its values, as {@link Replacement} says; it remembers when each value may first
 * have been deleted, since that is asked at every look. One thread.
 */
final class Accounting {

    private final Replacement replacement;
    private final List<Operation> deletes;
    private final Map<String, OptionalLong> deletedFrom = new HashMap<>();

    Accounting(Replacement replacement, List<Operation> writes) {
        this.replacement = replacement;
        this.deletes = writes.stream()
                .filter(write -> write.function() == Function.DELETE)
                .toList();
    }

    /** Whether a value is among those shown, or was replaced by one that is, or may have been deleted at a time. */
    boolean accountsFor(String value, Collection<String> shown, long nanos) {
        OptionalLong from = deletedFrom.computeIfAbsent(value, this::firstDelete);
        return from.isPresent() && from.getAsLong() <= nanos
                || shown.stream().anyMatch(newer -> replacement.follows(newer, value));
    }

    /** When the first delete began that may have removed a value. */
    private OptionalLong firstDelete(String value) {
        return deletes.stream()
                .filter(delete -> replacement.replaces(delete, value))
                .mapToLong(Operation::startNanos)
                .min();
    }
}

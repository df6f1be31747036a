package io.annulus.storage.compaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * Keeps sorted tables in an order in which of any two that share tokens the newer one comes first. Tables that share none are
 * in no order worth keeping, which lets the shards of a run be merged each for itself. Pure.
 */
public final class AgeOrder {

    private AgeOrder() {}

    /**
     * A list in which some tables are replaced by their merge. What is not merged must be newer than all merged tables that it
     * overlaps, or older than all; then it stays so.
     *
     * @param newestFirst all tables
     * @param inputs those that were merged
     * @param outputs what they became, sharing no tokens
     * @param overlaps whether two tables may share a token
     */
    public static <T> List<T> replaced(
            List<T> newestFirst, Set<T> inputs, List<T> outputs, BiPredicate<T, T> overlaps) {
        List<T> newer = new ArrayList<>();
        List<T> rest = new ArrayList<>();
        List<T> pending = new ArrayList<>();
        // From the oldest on: a table goes before the merge when it is newer than something that must.
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            T table = newestFirst.get(i);
            if (inputs.contains(table)) {
                pending.add(table);
            } else if (overlapsAny(pending, table, overlaps) || overlapsAny(newer, table, overlaps)) {
                newer.add(table);
            } else {
                rest.add(table);
            }
        }
        if (pending.size() != inputs.size()) {
            throw new IllegalStateException(
                    "only " + pending.size() + " of " + inputs.size() + " merged tables are there");
        }
        List<T> ordered = new ArrayList<>(newestFirst.size());
        addReversed(newer, ordered);
        ordered.addAll(outputs);
        addReversed(rest, ordered);
        return ordered;
    }

    private static <T> boolean overlapsAny(List<T> tables, T table, BiPredicate<T, T> overlaps) {
        for (T other : tables) {
            if (overlaps.test(other, table)) {
                return true;
            }
        }
        return false;
    }

    private static <T> void addReversed(List<T> tables, List<T> target) {
        for (int i = tables.size() - 1; i >= 0; i--) {
            target.add(tables.get(i));
        }
    }
}

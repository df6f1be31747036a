package io.annulus.versioning;

import java.util.ArrayList;
import java.util.List;

/**
 * A causal record, opened: what it has seen and what of that is alive. Immutable.
 *
 * @param timestamp greatest timestamp ever joined into it
 * @param context all dots that it has seen
 * @param siblings the live ones, in order of their dots, each in the context
 */
record CausalRecord(long timestamp, CausalContext context, List<Cell> siblings) {

    static final CausalRecord EMPTY = new CausalRecord(0, CausalContext.EMPTY, List.of());

    CausalRecord {
        siblings = List.copyOf(siblings);
    }

    /** The join: siblings that both have, or one has and the other has not seen; the union of the contexts. */
    CausalRecord join(CausalRecord other) {
        List<Cell> kept = new ArrayList<>(siblings.size() + other.siblings.size());
        int mine = 0;
        int theirs = 0;
        while (mine < siblings.size() || theirs < other.siblings.size()) {
            int order = order(other, mine, theirs);
            if (order == 0) {
                kept.add(Cell.greater(siblings.get(mine++), other.siblings.get(theirs++)));
            } else if (order < 0) {
                addUnlessSeen(kept, siblings.get(mine++), other.context);
            } else {
                addUnlessSeen(kept, other.siblings.get(theirs++), context);
            }
        }
        long later = Long.compareUnsigned(timestamp, other.timestamp) >= 0 ? timestamp : other.timestamp;
        return new CausalRecord(later, context.join(other.context), kept);
    }

    boolean sameContentAs(CausalRecord other) {
        if (timestamp != other.timestamp
                || siblings.size() != other.siblings.size()
                || !context.equals(other.context)) {
            return false;
        }
        for (int i = 0; i < siblings.size(); i++) {
            Cell mine = siblings.get(i);
            Cell theirs = other.siblings.get(i);
            if (mine != theirs && !mine.sameContentAs(theirs)) {
                return false;
            }
        }
        return true;
    }

    private int order(CausalRecord other, int mine, int theirs) {
        if (mine == siblings.size()) {
            return 1;
        }
        if (theirs == other.siblings.size()) {
            return -1;
        }
        return siblings.get(mine).dot().compareTo(other.siblings.get(theirs).dot());
    }

    private static void addUnlessSeen(List<Cell> kept, Cell cell, CausalContext seen) {
        if (!seen.contains(cell.dot())) {
            kept.add(cell);
        }
    }
}

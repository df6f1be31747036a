package io.annulus.storage.compaction;

import java.util.List;

/** What a merge may leave out of a sorted table, as a share of its bytes from 0 to 1; estimates. Tables are named by their index. */
public interface Reclaim {

    /** What newer tables supersede of a table, if it is merged with these. */
    double superseded(int table, List<Integer> newer);

    /** What goes of a table only if it is merged with all that is older: removals, and what has expired. */
    double purgeable(int table);
}

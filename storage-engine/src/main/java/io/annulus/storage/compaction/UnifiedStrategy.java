package io.annulus.storage.compaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Chooses what to merge, as Cassandra's unified strategy does (Lambov, CEP-26; cassandra:
 * src/java/org/apache/cassandra/db/compaction/UnifiedCompactionStrategy.md). A run's density is its bytes for the part of the
 * circle that it covers; its level is the logarithm of that, so that shards of one run are of its level however finely it is
 * cut. One integer, the scaling, says how many runs of a level are merged: below 0 it tiers (as many as the levels' ratio), above
 * 0 it levels (two).
 *
 * <p>Beyond CEP-26 it asks what a merge would leave out ({@link Reclaim}). The oldest run is merged with all above it once a share
 * of them is garbage, which bounds what superseded records take as lazy levelling does (Dayan, Idreos, "Dostoevsky", SIGMOD 2018),
 * and costs nothing where keys are new. And where it tiers, a merge that leaves little out waits for twice as many runs: it saves
 * lookups a probe of a filter, and no more. Pure.
 *
 * @param scaling -8 to 8; the ratio of levels is 2 and its distance from 0
 * @param flushBytes about how many bytes a memtable becomes
 * @param shardBytes about how large a sorted table becomes before it is cut
 */
public record UnifiedStrategy(int scaling, long flushBytes, long shardBytes) {

    /** Runs below this size are of one level: what merging them costs is not worth a thought. */
    private static final long LEAST_BYTES = 256 << 10;

    /** How much garbage may become beside what is alive, in runs that are larger than those of the first level. */
    private static final double GARBAGE_SHARE = 0.5;

    /** So much of that a merge must take away itself: the rest is superseded by wider runs, and stays. */
    private static final double OWN_SHARE = 0.75;

    /** A merge within a level leaves little out when it is less than this share of the bytes that it takes in. */
    private static final double LITTLE_SHARE = 0.25;

    public UnifiedStrategy {
        if (flushBytes < 0 || shardBytes < 1) {
            throw new IllegalArgumentException(
                    "a memtable becomes " + flushBytes + " bytes, and a shard " + shardBytes);
        }
    }

    /** The ratio of a level's densities to those of the level below. */
    public int fanout() {
        return 2 + Math.abs(scaling);
    }

    /** So many runs of a level are merged. */
    public int threshold() {
        return scaling < 0 ? fanout() : 2;
    }

    /** When more runs than these are to be merged, reads wait for it. */
    public int urgentRuns() {
        return 2 * mostRuns() + 4;
    }

    /** So many runs of a level are merged whatever it leaves out. */
    private int mostRuns() {
        return scaling < 0 ? 2 * threshold() : threshold();
    }

    /**
     * What to merge now: of all that is due the merge that most runs wait for, and of these the one of fewest bytes.
     *
     * @param newestFirst the sorted tables of a table; of two that overlap, the newer one comes first
     * @param reclaim what merges of them leave out
     */
    public Optional<Choice> choose(List<SortedFile> newestFirst, Reclaim reclaim) {
        List<Choice> due = new ArrayList<>();
        new Columns(newestFirst).visit(column -> addDue(column, reclaim, due));
        addSmall(newestFirst, due);
        Choice best = null;
        for (Choice choice : due) {
            boolean better = best == null
                    || choice.runs() > best.runs()
                    || choice.runs() == best.runs() && choice.bytes() < best.bytes();
            best = better ? choice : best;
        }
        return Optional.ofNullable(best);
    }

    /** The level of a run; some leeway keeps runs that came out a little small from being merged at once again. */
    int level(double density) {
        double base = Math.max(LEAST_BYTES, flushBytes) * (1 - 0.9 / fanout());
        int level = 0;
        for (double most = base * fanout(); density >= most; most *= fanout()) {
            level++;
        }
        return level;
    }

    /**
     * Small tables that lie side by side in age, whether they overlap or not: of a table that is seldom written, each memtable
     * holds a few keys of its own. Together they stay below what is cut, so that one table comes of them.
     */
    private void addSmall(List<SortedFile> newestFirst, List<Choice> due) {
        List<Integer> small = new ArrayList<>();
        long bytes = 0;
        for (int file = 0; file <= newestFirst.size(); file++) {
            boolean isSmall = file < newestFirst.size() && isSmall(newestFirst.get(file));
            if (isSmall && bytes + newestFirst.get(file).bytes() <= shardBytes / 2) {
                small.add(file);
                bytes += newestFirst.get(file).bytes();
            } else if (small.size() >= threshold()) {
                due.add(new Choice(small, bytes, small.size()));
                return;
            } else {
                small.clear();
                bytes = 0;
            }
        }
    }

    private boolean isSmall(SortedFile file) {
        return file.free() && file.bytes() < Math.min(LEAST_BYTES, shardBytes / 8);
    }

    private void addDue(Column column, Reclaim reclaim, List<Choice> due) {
        int runs = column.runs();
        int[] levels = new int[runs];
        int top = 0;
        for (int run = 0; run < runs; run++) {
            levels[run] = level(column.bytes(run) / column.share(run));
            top = Math.max(top, levels[run]);
        }
        for (int level = 0; level <= top; level++) {
            addDue(column, levels, level, reclaim, due);
        }
        boolean isWide = runs > 1 && (column.isLainOnBy(runs - 1) || column.isLainOnBy(runs - 2));
        if (isWide
                && levels[runs - 1] > 0
                && column.share(runs - 1) > column.arc().share() / 2) {
            addOldest(column, reclaim, due);
        }
    }

    /** All runs down to the oldest, when much of them is garbage. */
    private static void addOldest(Column column, Reclaim reclaim, List<Choice> due) {
        int from = column.runs();
        while (from > 0 && column.isFree(from - 1)) {
            from--;
        }
        if (from < column.runs() - 1) {
            Choice all = column.choice(from, column.runs());
            double purgeable = column.purgeable(from, reclaim);
            double garbage = purgeable + column.supersededByAll(from, reclaim);
            double reclaimed = purgeable + column.superseded(from, column.runs(), reclaim);
            double most = GARBAGE_SHARE * (all.bytes() - garbage);
            if (garbage >= most && reclaimed >= OWN_SHARE * most) {
                due.add(all);
            }
        }
    }

    /** Neighbouring runs up to a level, when enough of them are of that level; smaller ones between them skip levels. */
    private void addDue(Column column, int[] levels, int level, Reclaim reclaim, List<Choice> due) {
        int from = 0;
        for (int run = 0; run <= levels.length; run++) {
            if (run == levels.length || !column.isFree(run) || levels[run] > level) {
                int count = wide(column, levels, level, from, run);
                if (count >= threshold()) {
                    Choice choice = column.choice(from, run);
                    if (count >= mostRuns() || column.superseded(from, run, reclaim) >= LITTLE_SHARE * choice.bytes()) {
                        due.add(choice);
                    }
                }
                from = run + 1;
            }
        }
    }

    /** How many runs are of a level; 0 when a narrower arc has the same merge. */
    private static int wide(Column column, int[] levels, int level, int from, int to) {
        int count = 0;
        boolean isWide = false;
        boolean isWideSince = false;
        for (int run = from; run < to; run++) {
            isWideSince |= column.isLainOnBy(run);
            if (levels[run] == level) {
                // From the first to the last of the level.
                isWide |= count == 0 ? column.isLainOnBy(run) : isWideSince;
                isWideSince = false;
                count++;
            }
        }
        return isWide ? count : 0;
    }
}

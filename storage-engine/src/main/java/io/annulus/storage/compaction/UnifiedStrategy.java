package io.annulus.storage.compaction;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Chooses what to merge, as Cassandra's unified strategy does (Lambov, CEP-26; cassandra:
 * src/java/org/apache/cassandra/db/compaction/UnifiedCompactionStrategy.md). A run's density is its bytes for the part of the
 * circle that it covers; its level is the logarithm of that, so that shards of one run are of its level however finely it is
 * cut. One integer, the scaling, says how many runs of a level are merged: below 0 it tiers (as many as the levels' ratio), above
 * 0 it levels (two). Beyond CEP-26 the oldest run is merged with all above it once these are as large as a share of it, as with
 * lazy levelling (Dayan, Idreos, "Dostoevsky", SIGMOD 2018), which bounds what superseded records take. Pure.
 *
 * @param scaling -8 to 8; the ratio of levels is 2 and its distance from 0
 * @param flushBytes about how many bytes a memtable becomes
 * @param shardBytes about how large a sorted table becomes before it is cut
 */
public record UnifiedStrategy(int scaling, long flushBytes, long shardBytes) {

    /** Runs below this size are of one level: what merging them costs is not worth a thought. */
    private static final long LEAST_BYTES = 256 << 10;

    /** How large all newer runs may become beside the oldest: superseded records take no more than that. */
    private static final double NEWER_SHARE = 0.5;

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
        return 2 * threshold() + 4;
    }

    /**
     * What to merge now: of all that is due the merge that most runs wait for, and of these the one of fewest bytes.
     *
     * @param newestFirst the sorted tables of a table; of two that overlap, the newer one comes first
     */
    public Optional<Choice> choose(List<SortedFile> newestFirst) {
        List<Choice> due = new ArrayList<>();
        new Columns(newestFirst).visit(column -> addDue(column, due));
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

    private void addDue(Column column, List<Choice> due) {
        int runs = column.runs();
        int[] levels = new int[runs];
        int top = 0;
        for (int run = 0; run < runs; run++) {
            levels[run] = level(column.bytes(run) / column.share(run));
            top = Math.max(top, levels[run]);
        }
        for (int level = 0; level <= top; level++) {
            addDue(column, levels, level, due);
        }
        boolean isWide = runs > 1 && (column.isLainOnBy(runs - 1) || column.isLainOnBy(runs - 2));
        if (isWide
                && levels[runs - 1] > 0
                && column.share(runs - 1) > column.arc().share() / 2) {
            addOldest(column, due);
        }
    }

    /** All runs down to the oldest, when the others are large beside it. */
    private static void addOldest(Column column, List<Choice> due) {
        int oldest = column.runs() - 1;
        int from = column.runs();
        long newer = 0;
        while (from > 0 && column.isFree(from - 1)) {
            from--;
            newer += from < oldest ? column.bytes(from) : 0;
        }
        if (from < oldest && newer >= NEWER_SHARE * column.bytes(oldest)) {
            due.add(column.choice(from, column.runs()));
        }
    }

    /** Neighbouring runs up to a level, when enough of them are of that level; smaller ones between them skip levels. */
    private void addDue(Column column, int[] levels, int level, List<Choice> due) {
        int from = 0;
        for (int run = 0; run <= levels.length; run++) {
            if (run == levels.length || !column.isFree(run) || levels[run] > level) {
                if (isDue(column, levels, level, from, run)) {
                    due.add(column.choice(from, run));
                }
                from = run + 1;
            }
        }
    }

    private boolean isDue(Column column, int[] levels, int level, int from, int to) {
        int count = 0;
        boolean isWide = false;
        boolean isWideSince = false;
        for (int run = from; run < to; run++) {
            isWideSince |= column.isLainOnBy(run);
            if (levels[run] == level) {
                // Without a wide one from the first to the last of the level, a narrower arc has the same merge.
                isWide |= count == 0 ? column.isLainOnBy(run) : isWideSince;
                isWideSince = false;
                count++;
            }
        }
        return count >= threshold() && isWide;
    }
}

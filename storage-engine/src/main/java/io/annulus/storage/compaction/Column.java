package io.annulus.storage.compaction;

import java.util.ArrayList;
import java.util.List;

/**
 * What lies above each other on an arc, as runs, newest first: tables of a run share no token, and each but those of the first
 * run overlaps a newer one in the run before. Neighbouring runs may be merged: whatever overlaps one of their tables and is not
 * among them is newer than all that it overlaps, or older than all. Immutable.
 */
final class Column {

    private final Arc arc;
    private final List<SortedFile> files;
    private final List<List<Integer>> runs = new ArrayList<>();

    /** @param newestFirst indices of the tables that overlap the arc */
    Column(Arc arc, List<SortedFile> files, List<Integer> newestFirst) {
        this.arc = arc;
        this.files = files;
        for (int file : newestFirst) {
            int run = runs.size();
            while (run > 0 && !overlaps(runs.get(run - 1), file)) {
                run--;
            }
            if (run == runs.size()) {
                runs.add(new ArrayList<>());
            }
            runs.get(run).add(file);
        }
    }

    Arc arc() {
        return arc;
    }

    int runs() {
        return runs.size();
    }

    /** Whether all tables of a run may be merged, and lie within the arc. */
    boolean isFree(int run) {
        for (int file : runs.get(run)) {
            if (!files.get(file).free() || arc(file).bits() < arc.bits()) {
                return false;
            }
        }
        return true;
    }

    /** Whether a table of a run lies on the whole arc; if none of a merge does, a narrower one should be merged by itself. */
    boolean isLainOnBy(int run) {
        for (int file : runs.get(run)) {
            if (arc(file).bits() == arc.bits()) {
                return true;
            }
        }
        return false;
    }

    long bytes(int run) {
        long bytes = 0;
        for (int file : runs.get(run)) {
            bytes += files.get(file).bytes();
        }
        return bytes;
    }

    /** How much of the circle the arcs of a run's tables are. */
    double share(int run) {
        double share = 0;
        for (int file : runs.get(run)) {
            share += arc(file).share();
        }
        return share;
    }

    /** About how many bytes a merge of neighbouring runs leaves out since newer ones among them supersede them. */
    double superseded(int from, int to, Reclaim reclaim) {
        return superseded(from, from, to, reclaim);
    }

    /** About how many bytes of the runs from one on any newer run supersedes. */
    double supersededByAll(int from, Reclaim reclaim) {
        return superseded(0, from, runs.size(), reclaim);
    }

    private double superseded(int newest, int from, int to, Reclaim reclaim) {
        double bytes = 0;
        List<Integer> newer = new ArrayList<>();
        for (int run = newest; run < to; run++) {
            for (int file : run < from ? List.<Integer>of() : runs.get(run)) {
                bytes += reclaim.superseded(file, newer) * files.get(file).bytes();
            }
            newer.addAll(runs.get(run));
        }
        return bytes;
    }

    /** About how many bytes a merge of all runs from one on may purge. */
    double purgeable(int from, Reclaim reclaim) {
        double bytes = 0;
        for (int run = from; run < runs.size(); run++) {
            for (int file : runs.get(run)) {
                bytes += reclaim.purgeable(file) * files.get(file).bytes();
            }
        }
        return bytes;
    }

    /** The merge of neighbouring runs. */
    Choice choice(int from, int to) {
        List<Integer> chosen = new ArrayList<>();
        long bytes = 0;
        for (int run = from; run < to; run++) {
            chosen.addAll(runs.get(run));
            bytes += bytes(run);
        }
        chosen.sort(null);
        return new Choice(chosen, bytes, to - from);
    }

    private Arc arc(int file) {
        return Arc.around(files.get(file).first(), files.get(file).last());
    }

    private boolean overlaps(List<Integer> run, int file) {
        for (int other : run) {
            if (files.get(other).overlaps(files.get(file))) {
                return true;
            }
        }
        return false;
    }
}

package io.annulus.storage.merge;

import io.annulus.api.version.RecordJoin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** Merges runs, newest first, into one: entries of one key are laid over each other by age. */
public final class MergeCursor implements EntryCursor {

    private record Head(EntryCursor cursor, int age) implements Comparable<Head> {

        @Override
        public int compareTo(Head other) {
            int byPlace = cursor.entry().place().compareTo(other.cursor.entry().place());
            return byPlace != 0 ? byPlace : Integer.compare(age, other.age);
        }
    }

    private final RecordJoin join;
    private final PriorityQueue<Head> heads = new PriorityQueue<>();
    private final List<Head> moved = new ArrayList<>();
    private StoredEntry entry;
    private long taken;

    /**
     * Merges runs.
     *
     * @param newestFirst the runs by age
     * @param join joins two records of one key
     */
    public MergeCursor(List<? extends EntryCursor> newestFirst, RecordJoin join) throws IOException {
        this.join = join;
        for (int age = 0; age < newestFirst.size(); age++) {
            moved.add(new Head(newestFirst.get(age), age));
        }
        advance();
    }

    @Override
    public boolean next() throws IOException {
        advance();
        Head newest = heads.poll();
        if (newest == null) {
            return false;
        }
        moved.add(newest);
        entry = newest.cursor.entry();
        while (!heads.isEmpty() && heads.peek().cursor.entry().place().compareTo(entry.place()) == 0) {
            Head older = heads.poll();
            moved.add(older);
            entry = entry.over(older.cursor.entry(), join);
        }
        return true;
    }

    @Override
    public StoredEntry entry() {
        return entry;
    }

    /** Entries of the runs that it has moved to. */
    public long taken() {
        return taken;
    }

    private void advance() throws IOException {
        for (Head head : moved) {
            if (head.cursor.next()) {
                taken++;
                heads.add(head);
            }
        }
        moved.clear();
    }
}

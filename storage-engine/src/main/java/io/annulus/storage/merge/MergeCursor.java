package io.annulus.storage.merge;

import io.annulus.api.version.RecordJoin;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;

/** Merges runs, newest first, into one: entries of one key are laid over each other by age. */
public final class MergeCursor implements EntryCursor {

    private static final class Head implements Comparable<Head> {

        private final EntryCursor cursor;
        private final int age;
        private EntryKey place;

        /** Of its token; other tokens differ there. */
        private long high;

        Head(EntryCursor cursor, int age) {
            this.cursor = cursor;
            this.age = age;
        }

        private boolean next() throws IOException {
            if (!cursor.next()) {
                return false;
            }
            place = cursor.entry().place();
            high = place.token().high();
            return true;
        }

        @Override
        public int compareTo(Head other) {
            if (high != other.high) {
                return Long.compareUnsigned(high, other.high);
            }
            int byPlace = place.compareTo(other.place);
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
        while (!heads.isEmpty() && heads.peek().place.compareTo(newest.place) == 0) {
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
            if (head.next()) {
                taken++;
                heads.add(head);
            }
        }
        moved.clear();
    }
}

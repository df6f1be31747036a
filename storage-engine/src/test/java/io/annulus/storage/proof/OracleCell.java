package io.annulus.storage.proof;

import io.annulus.storage.merge.EntryKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** What one key holds, as far as that is sure: the record after all acknowledged writes, and after each of those under way. */
final class OracleCell {

    /** Stands for no record. */
    static final byte[] ABSENT = new byte[0];

    private final String table;
    private final EntryKey place;
    private final Deque<byte[]> underWay = new ArrayDeque<>(2);
    private final List<OpenRead> reads = new ArrayList<>(1);
    private byte[] confirmed = ABSENT;

    OracleCell(String table, EntryKey place) {
        this.table = table;
        this.place = place;
    }

    /** A read under way, and what it may give: the state at some moment between its begin and its end. */
    final class OpenRead {

        private final List<byte[]> legal = new ArrayList<>(2);

        private OpenRead() {
            legal.add(confirmed);
            legal.addAll(underWay);
            reads.add(this);
        }

        /** The read gave this. */
        void end(byte[] record) {
            reads.remove(this);
            for (byte[] each : legal) {
                if (Arrays.equals(each, record)) {
                    return;
                }
            }
            throw new AssertionError("a read of " + table + ", " + place + " gave " + Arrays.toString(record) + ", but "
                    + legal.stream().map(Arrays::toString).toList() + " were written");
        }

        /** The read failed for a reason of which the test knows. */
        void giveUp() {
            reads.remove(this);
        }
    }

    String table() {
        return table;
    }

    EntryKey place() {
        return place;
    }

    /** What all acknowledged writes lead to. */
    byte[] confirmed() {
        return confirmed;
    }

    /** What all writes lead to. */
    byte[] newest() {
        return underWay.isEmpty() ? confirmed : underWay.getLast();
    }

    OpenRead beginRead() {
        return new OpenRead();
    }

    /** A write that leads to a record began. */
    void begin(byte[] record) {
        underWay.add(record);
        reads.forEach(read -> read.legal.add(record));
    }

    /** The oldest write under way is done. */
    void confirmOldest() {
        confirmed = underWay.remove();
    }

    /** The newest write under way had no effect. */
    void takeBackNewest() {
        underWay.removeLast();
    }

    /** The process ended. */
    void crash() {
        reads.clear();
    }
}

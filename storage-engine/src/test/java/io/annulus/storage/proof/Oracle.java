package io.annulus.storage.proof;

import io.annulus.api.ring.Token;
import io.annulus.api.storage.Entry;
import io.annulus.api.storage.TableSpec;
import io.annulus.storage.merge.EntryKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the store must hold: a sorted map for each table, and the writes under way in the order in which they were handed in, which
 * is that of the log. Owned by the loop.
 */
final class Oracle {

    private final Map<String, NavigableMap<EntryKey, OracleCell>> tables = new TreeMap<>();
    private final Deque<OracleCell> underWay = new ArrayDeque<>();

    /** The cell of a key. */
    OracleCell cell(String table, EntryKey place) {
        return cells(table).computeIfAbsent(place, at -> new OracleCell(table, at));
    }

    /** A record is joined in. */
    void append(TableSpec table, OracleCell cell, byte[] record) {
        byte[] before = cell.newest();
        begin(cell, before == OracleCell.ABSENT ? record : table.join().join(before, record));
    }

    void remove(OracleCell cell) {
        begin(cell, OracleCell.ABSENT);
    }

    /** Writes that were not acknowledged yet. */
    int underWay() {
        return underWay.size();
    }

    /** The oldest write under way was acknowledged: it must be of this cell. */
    void acked(OracleCell cell) {
        if (underWay.remove() != cell) {
            throw new AssertionError("a write of " + cell.place() + " was acknowledged before an earlier one");
        }
        cell.confirmOldest();
    }

    /** The newest write under way was refused before any effect. */
    void takeBack() {
        underWay.removeLast().takeBackNewest();
    }

    /** The process ended; nobody hears of what was under way. */
    void crash() {
        tables.values().forEach(cells -> cells.values().forEach(OracleCell::crash));
    }

    /**
     * Takes for done the shortest prefix of the writes under way that leads to what is there.
     *
     * @param found all entries of each table, in order
     */
    void settle(Map<String, ? extends Map<EntryKey, byte[]>> found) {
        long differences = 0;
        for (String table : found.keySet()) {
            Map<EntryKey, OracleCell> cells = cells(table);
            if (!cells.keySet().containsAll(found.get(table).keySet())) {
                throw new AssertionError("table " + table + " holds keys that nobody wrote");
            }
            differences += cells.values().stream()
                    .filter(cell -> differs(cell, found.get(table)))
                    .count();
        }
        while (differences > 0 && !underWay.isEmpty()) {
            OracleCell cell = underWay.remove();
            Map<EntryKey, byte[]> rows = found.get(cell.table());
            differences -= differs(cell, rows) ? 1 : 0;
            cell.confirmOldest();
            differences += differs(cell, rows) ? 1 : 0;
        }
        while (!underWay.isEmpty()) {
            takeBack();
        }
        if (differences > 0) {
            throw new AssertionError(
                    differences + " keys differ, whatever prefix of the writes under way was done: " + first(found));
        }
    }

    /** Entries that a scan must give while no write is under way. */
    List<Entry> scan(String table, Token from, Token to, Optional<byte[]> afterKey, int limit) {
        EntryKey start = afterKey.map(key -> new EntryKey(from, key)).orElseGet(() -> EntryKey.first(from));
        List<Entry> entries = new ArrayList<>();
        for (OracleCell cell : cells(table).tailMap(start, afterKey.isEmpty()).values()) {
            if (entries.size() == limit || cell.place().token().compareTo(to) > 0) {
                break;
            }
            if (cell.confirmed() != OracleCell.ABSENT) {
                entries.add(new Entry(cell.place().token(), cell.place().key(), cell.confirmed()));
            }
        }
        return entries;
    }

    private void begin(OracleCell cell, byte[] record) {
        underWay.add(cell);
        cell.begin(record);
    }

    private NavigableMap<EntryKey, OracleCell> cells(String table) {
        return tables.computeIfAbsent(table, name -> new TreeMap<>());
    }

    private String first(Map<String, ? extends Map<EntryKey, byte[]>> found) {
        for (String table : found.keySet()) {
            for (OracleCell cell : cells(table).values()) {
                if (differs(cell, found.get(table))) {
                    return table + ", " + cell.place() + " should be " + Arrays.toString(cell.confirmed()) + " and is "
                            + Arrays.toString(found.get(table).get(cell.place()));
                }
            }
        }
        return "nothing";
    }

    private static boolean differs(OracleCell cell, Map<EntryKey, byte[]> rows) {
        return !Arrays.equals(cell.confirmed(), rows.getOrDefault(cell.place(), OracleCell.ABSENT));
    }
}

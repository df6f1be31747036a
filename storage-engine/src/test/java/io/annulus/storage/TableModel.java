package io.annulus.storage;

import io.annulus.api.ring.Token;
import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Table;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.testkit.SetRecords;
import io.annulus.storage.testkit.SimulatedEngine;
import io.annulus.storage.testkit.StepWorld;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A naive model of a table: what is surely there, and the operations since, in order. */
final class TableModel {

    /** Number of places that are used. */
    static final int PLACES = 60;

    /** One operation as the model sees it. */
    record Operation(EntryKey place, long number, boolean removal) {}

    private final Map<EntryKey, Set<Long>> rows = new TreeMap<>();
    private final List<Operation> since = new ArrayList<>();
    private int acked;
    private int durable;

    /** The same as it is now, to be compared with a copy of the store later. */
    TableModel copy() {
        TableModel copy = new TableModel();
        rows.forEach((place, numbers) -> copy.rows.put(place, new TreeSet<>(numbers)));
        copy.since.addAll(since);
        copy.acked = acked;
        return copy;
    }

    /** Takes note of an operation that begins; returns how many there are since. */
    int begin(Operation operation) {
        since.add(operation);
        return since.size();
    }

    /** The operations up to one were acknowledged. */
    void acked(int upTo) {
        acked = Math.max(acked, upTo);
    }

    /** How many operations since were acknowledged. */
    int acked() {
        return acked;
    }

    /** The operations up to one are on the disk, whatever happens. */
    void durable(int upTo) {
        durable = Math.max(durable, upTo);
    }

    /** What was acknowledged before it was on the disk may be lost. */
    void loseUnsynced() {
        acked = durable;
    }

    /** The last operation was refused before any effect. */
    Operation takeBack(int upTo) {
        return since.remove(upTo - 1);
    }

    /** What is there must be the state after some prefix of the operations that covers all acked ones. */
    void settle(Map<EntryKey, Set<Long>> seen, String where) {
        for (int prefix = 0; prefix <= since.size(); prefix++) {
            if (prefix >= acked && rows.equals(seen)) {
                since.clear();
                acked = 0;
                durable = 0;
                return;
            }
            if (prefix < since.size()) {
                apply(since.get(prefix));
            }
        }
        throw new AssertionError(where + ": no prefix of " + since.size() + " operations, " + acked
                + " of them acked, gives what is there" + firstDifference(seen));
    }

    /** The i-th place; few tokens, so that some keys share one. */
    static EntryKey place(int i) {
        byte[] key = ("key-" + i).getBytes(StandardCharsets.UTF_8);
        return new EntryKey(i % 3 == 0 ? new Token(i % 7 << 60, 5) : Token.of(key), key);
    }

    /**
     * The record of an operation: of each four one goes to a value file at once and one when it is written out, for which they
     * are filled up with negative numbers.
     */
    static byte[] record(long number) {
        int[] sizes = {SimulatedEngine.DIRECT_BYTES, 0, SimulatedEngine.SEPARATE_BYTES, 0};
        int bytes = sizes[(int) (number % sizes.length)];
        long[] numbers = new long[Math.max(1, bytes / Long.BYTES)];
        for (int i = 1; i < numbers.length; i++) {
            numbers[i] = -i;
        }
        numbers[0] = number;
        return SetRecords.of(numbers);
    }

    /** Reads all places. */
    static Map<EntryKey, Set<Long>> rows(Table table, StepWorld world) {
        Map<EntryKey, Set<Long>> rows = new TreeMap<>();
        for (int i = 0; i < PLACES; i++) {
            EntryKey place = place(i);
            read(table, world, place).ifPresent(record -> rows.put(place, operations(record)));
        }
        return rows;
    }

    /** The numbers of a record that are not there to fill it. */
    static Set<Long> operations(byte[] record) {
        Set<Long> numbers = SetRecords.numbers(record);
        numbers.removeIf(number -> number < 0);
        return numbers;
    }

    /** Reads all places as threads beside the loop do. */
    static Map<EntryKey, Set<Long>> rows(TableReader reader) {
        Map<EntryKey, Set<Long>> rows = new TreeMap<>();
        for (int i = 0; i < PLACES; i++) {
            EntryKey place = place(i);
            reader.read(place.token(), place.key()).ifPresent(record -> rows.put(place, operations(record)));
        }
        return rows;
    }

    private static Optional<byte[]> read(Table table, StepWorld world, EntryKey place) {
        List<Optional<byte[]>> answers = new ArrayList<>();
        table.read(place.token(), place.key(), Completion.of(answers::add, failure -> {
            throw new AssertionError(failure);
        }));
        while (answers.isEmpty()) {
            if (!world.step()) {
                throw new AssertionError("a read never ended");
            }
        }
        return answers.get(0);
    }

    private String firstDifference(Map<EntryKey, Set<Long>> seen) {
        Set<EntryKey> places = new TreeSet<>(seen.keySet());
        places.addAll(rows.keySet());
        for (EntryKey place : places) {
            Set<Long> expected = rows.getOrDefault(place, Set.of());
            Set<Long> found = seen.getOrDefault(place, Set.of());
            if (!expected.equals(found)) {
                return "; " + new String(place.key(), StandardCharsets.UTF_8) + " should be " + expected + " and is "
                        + found;
            }
        }
        return "";
    }

    private void apply(Operation operation) {
        if (operation.removal()) {
            rows.remove(operation.place());
        } else {
            rows.computeIfAbsent(operation.place(), place -> new TreeSet<>()).add(operation.number());
        }
    }
}

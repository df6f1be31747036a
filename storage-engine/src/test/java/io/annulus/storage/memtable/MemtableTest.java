package io.annulus.storage.memtable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.storage.merge.EntryCursor;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.EntryKind;
import io.annulus.storage.merge.StoredEntry;
import io.annulus.storage.testkit.Seed;
import io.annulus.storage.testkit.SetRecords;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** The memtable beside a sorted map of the JDK. */
class MemtableTest {

    private static final int PLACES = 3000;

    private final SetRecords join = new SetRecords();
    private final Random random = Seed.random("MemtableTest");
    private final TreeMap<EntryKey, StoredEntry> model = new TreeMap<>();

    /** Whatever number of entries was expected. */
    private final Memtable memtable = new Memtable(random.nextInt(1 << random.nextInt(20)));

    @Test
    void givesWhatASortedMapGives() throws IOException {
        compare(MemtableTest::uniform);
    }

    @Test
    void keysOfOneTokenAreOrdered() throws IOException {
        compare(i -> new EntryKey(new Token(7, 7), keyOf(i)));
    }

    @Test
    void tokensOfASmallArcAreOrdered() throws IOException {
        compare(i -> new EntryKey(new Token(uniform(i).token().high() >>> 40, i), keyOf(i)));
    }

    @Test
    void firstAndLastTokensAreFound() throws IOException {
        compare(i -> new EntryKey(new Token(i % 2 == 0 ? 0 : -1, i % 3 == 0 ? 0 : -1), keyOf(i / 7)));
    }

    @Test
    void aScanGoesOnWhileEntriesAreAdded() throws IOException {
        for (int i = 0; i < PLACES; i += 2) {
            put(StoredEntry.removal(uniform(i)));
        }
        EntryCursor cursor = memtable.cursor();
        EntryKey last = EntryKey.first(new Token(0, 0));
        int met = 0;
        for (int i = 1; cursor.next(); i += 2) {
            assertTrue(last.compareTo(cursor.entry().place()) < 0, "not in order");
            last = cursor.entry().place();
            met += model.get(last).kind() == EntryKind.REMOVAL ? 1 : 0;
            if (i < PLACES) {
                put(new StoredEntry(uniform(i), EntryKind.RECORD, SetRecords.of(i)));
            }
        }
        assertEquals(PLACES / 2, met, "entries that were there when the scan began");
    }

    @Test
    void longKeysAndRecordsOfAnySizeComeBack() {
        int[] sizes = {0, 1, 7, 8, 9, 4096, 16_383, 16_384, 16_385, 100_000, 300_000, 1 << 20};
        for (int size : sizes) {
            for (int other : sizes) {
                byte[] key = filled(size);
                EntryKey place = new EntryKey(Token.of(key), key);
                byte[] record = filled(other);
                memtable.put(new StoredEntry(place, EntryKind.REPLACEMENT, record), join);
                StoredEntry found = memtable.get(place).orElseThrow();
                assertArrayEquals(record, found.record(), () -> size + ", " + other);
                assertEquals(EntryKind.REPLACEMENT, found.kind());
            }
        }
        assertEquals(sizes.length, memtable.count());
    }

    @Test
    void growthIsTheSumOfWhatPutsReturn() {
        long sum = 0;
        for (int i = 0; i < PLACES; i++) {
            sum += memtable.put(new StoredEntry(uniform(i % 1000), EntryKind.REPLACEMENT, filled(i % 900)), join);
            assertEquals(sum, memtable.bytes());
        }
        assertEquals(1000, memtable.count());
    }

    @Test
    void whatWasSupersededIsCountedUntilTheFlush() {
        EntryKey place = uniform(1);
        for (int i = 0; i < 1000; i++) {
            memtable.put(new StoredEntry(place, EntryKind.REPLACEMENT, filled(100)), join);
        }
        assertTrue(memtable.bytes() >= 100_000, () -> memtable.bytes() + " bytes");
    }

    @Test
    void anEmptyOneHasNothing() throws IOException {
        assertTrue(memtable.isEmpty());
        assertFalse(memtable.cursor().next());
        assertTrue(memtable.get(uniform(1)).isEmpty());
        assertEquals(0, memtable.bytes());
    }

    private void compare(IntFunction<EntryKey> places) throws IOException {
        for (int i = 0; i < 12_000; i++) {
            EntryKey place = places.apply(random.nextInt(PLACES));
            put(
                    random.nextInt(4) == 0
                            ? StoredEntry.removal(place)
                            : new StoredEntry(place, EntryKind.RECORD, SetRecords.of(random.nextInt(200))));
            EntryKey sought = places.apply(random.nextInt(PLACES));
            assertSame(model.get(sought), memtable.get(sought).orElse(null));
            if (i % 500 == 0) {
                EntryKey from = random.nextBoolean() ? sought : EntryKey.first(sought.token());
                scan(memtable.cursor(from), model.tailMap(from, true).values().iterator());
            }
        }
        scan(memtable.cursor(), model.values().iterator());
        assertEquals(model.size(), memtable.count());
    }

    private void put(StoredEntry entry) {
        memtable.put(entry, join);
        model.merge(entry.place(), entry, (older, newer) -> newer.over(older, join));
    }

    private static void scan(EntryCursor cursor, Iterator<StoredEntry> expected) throws IOException {
        while (expected.hasNext()) {
            assertTrue(cursor.next(), "the scan ended early");
            assertSame(expected.next(), cursor.entry());
        }
        assertFalse(cursor.next(), "the scan did not end");
        assertFalse(cursor.next(), "the scan began again");
    }

    private static void assertSame(StoredEntry expected, StoredEntry found) {
        if (expected == null || found == null) {
            assertEquals(expected, found);
            return;
        }
        assertEquals(expected.place(), found.place());
        assertEquals(expected.kind(), found.kind());
        assertArrayEquals(expected.record(), found.record());
    }

    private static EntryKey uniform(int i) {
        byte[] key = keyOf(i);
        return new EntryKey(Token.of(key), key);
    }

    /** Keys of many lengths, some of them the beginning of others. */
    private static byte[] keyOf(int i) {
        byte[] number = ByteBuffer.allocate(4).putInt(i / 4 * 0x9E3779B9).array();
        return Arrays.copyOf(number, 4 + i % 4 * 5);
    }

    private static byte[] filled(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i * 31 + size);
        }
        return bytes;
    }
}

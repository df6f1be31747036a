package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.storage.memtable.Memtable;
import io.annulus.storage.merge.EntryCursor;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.EntryKind;
import io.annulus.storage.merge.StoredEntry;
import io.annulus.storage.testkit.Seed;
import io.annulus.storage.testkit.SetRecords;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ReplayedTableTest {

    private static final int ENTRIES = 5000;

    /** So few that most entries meet an older one. */
    private static final int KEYS = 700;

    private final SetRecords join = new SetRecords();
    private final Random random = Seed.random("ReplayedTableTest");

    @Test
    void holdsWhatAMemtableHoldsThatKnewTheJoinAllAlong() throws IOException {
        ReplayedTable replayed = new ReplayedTable(10);
        Memtable expected = new Memtable();
        for (int i = 1; i <= ENTRIES; i++) {
            StoredEntry entry = entry(i);
            replayed.add(entry, 10 + i);
            expected.put(entry, join);
        }
        assertTrue(replayed.isFlushed(10));
        assertFalse(replayed.isFlushed(11));
        assertEquals(10 + ENTRIES, replayed.lastOfSegment());
        assertEquals(0, replayed.lastOfSegment());
        assertEquals(ENTRIES, replayed.count());
        assertEquals(11, replayed.firstSequence());
        assertEquals(10 + ENTRIES, replayed.lastSequence());
        EntryCursor actual = replayed.joined(join).cursor();
        EntryCursor wanted = expected.cursor();
        while (wanted.next()) {
            assertTrue(actual.next());
            assertEquals(wanted.entry().place(), actual.entry().place());
            assertEquals(wanted.entry().kind(), actual.entry().kind());
            assertArrayEquals(wanted.entry().record(), actual.entry().record());
        }
        assertFalse(actual.next());
    }

    @Test
    void anEmptyOneHasNoSequences() {
        ReplayedTable replayed = new ReplayedTable(10);
        assertEquals(0, replayed.count());
        assertEquals(0, replayed.firstSequence());
        assertEquals(0, replayed.lastSequence());
        assertTrue(replayed.joined(join).isEmpty());
    }

    private StoredEntry entry(int i) {
        int key = random.nextInt(KEYS);
        EntryKey place = new EntryKey(
                Token.of(new byte[] {(byte) key}),
                ByteBuffer.allocate(4).putInt(key).array());
        return random.nextInt(4) == 0
                ? StoredEntry.removal(place)
                : new StoredEntry(place, EntryKind.RECORD, SetRecords.of(i));
    }
}

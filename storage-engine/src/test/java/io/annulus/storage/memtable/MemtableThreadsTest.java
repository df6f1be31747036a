package io.annulus.storage.memtable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.storage.merge.EntryCursor;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.EntryKind;
import io.annulus.storage.merge.StoredEntry;
import io.annulus.storage.testkit.SetRecords;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * One thread writes, others read meanwhile. The writer goes round over the places; each record holds its round many times
 * over, in a length that the round gives, so that half a record is seen as such.
 */
class MemtableThreadsTest {

    private static final int PLACES = 20_000;
    private static final int ROUNDS = 8;

    private final ExecutorService threads = Executors.newFixedThreadPool(3);
    private final Memtable memtable = new Memtable();

    /** Puts that are done: round and place in one number. */
    private final AtomicInteger done = new AtomicInteger();

    @AfterEach
    void end() throws InterruptedException {
        threads.shutdownNow();
        assertTrue(threads.awaitTermination(1, TimeUnit.MINUTES));
    }

    @Test
    void readersSeeWholeRecordsThatOnlyGetNewer() throws Exception {
        run(Token::of);
    }

    @Test
    void readersSeeWholeRecordsWhereTokensCrowd() throws Exception {
        run(key -> new Token(Token.of(key).high() & 3L << 40, 0));
    }

    private interface Tokens {
        Token of(byte[] key);
    }

    private void run(Tokens tokens) throws Exception {
        EntryKey[] places = new EntryKey[PLACES];
        Arrays.setAll(places, i -> place(i, tokens));
        List<Future<?>> readers = new ArrayList<>();
        readers.add(threads.submit(() -> gets(places, 1)));
        readers.add(threads.submit(() -> gets(places, 7919)));
        readers.add(threads.submit(() -> {
            scans();
            return null;
        }));
        SetRecords join = new SetRecords();
        for (int put = 0; put < ROUNDS * PLACES; put++) {
            StoredEntry entry = new StoredEntry(places[put % PLACES], EntryKind.REPLACEMENT, record(put / PLACES));
            memtable.put(entry, join);
            done.set(put + 1);
        }
        for (Future<?> reader : readers) {
            reader.get(1, TimeUnit.MINUTES);
        }
        assertEquals(PLACES, memtable.count());
    }

    /** What was put before the read began is there, in its round or a later one. */
    private void gets(EntryKey[] places, int stride) {
        int at = 0;
        int before = 0;
        while (before < ROUNDS * PLACES) {
            before = done.get();
            at = (at + stride) % PLACES;
            int least = at < before % PLACES ? before / PLACES : before / PLACES - 1;
            int round =
                    memtable.get(places[at]).map(entry -> round(entry.record())).orElse(-1);
            assertTrue(round >= least, "round " + round + " is older than " + least);
        }
    }

    private void scans() throws Exception {
        int before = 0;
        while (before < ROUNDS * PLACES) {
            before = done.get();
            EntryCursor cursor = memtable.cursor();
            EntryKey last = EntryKey.first(new Token(0, 0));
            int met = 0;
            while (cursor.next()) {
                assertTrue(last.compareTo(cursor.entry().place()) < 0, "not in order");
                last = cursor.entry().place();
                round(cursor.entry().record());
                met++;
            }
            assertTrue(met >= Math.min(before, PLACES), met + " entries after " + before + " puts");
        }
    }

    private static byte[] record(int round) {
        byte[] record = new byte[round % 2 == 0 ? 40 + round : 600 + round];
        Arrays.fill(record, (byte) round);
        return record;
    }

    private static int round(byte[] record) {
        assertTrue(Arrays.equals(record, record(record[0])), () -> "half a record: " + Arrays.toString(record));
        return record[0];
    }

    private static EntryKey place(int i, Tokens tokens) {
        byte[] key = ByteBuffer.allocate(12).putInt(i * 0x9E3779B9).putInt(8, i).array();
        return new EntryKey(tokens.of(key), key);
    }
}

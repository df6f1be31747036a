package io.annulus.storage.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.StorageFullException;
import io.annulus.api.storage.Table;
import io.annulus.storage.TableReader;
import io.annulus.storage.testkit.SetRecords;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Threads that read while records are written, written out and merged under them, and while the storage is closed. */
class TableReaderTest {

    private static final int READERS = 4;
    private static final int KEYS = 400;
    private static final int ROUNDS = 30;

    @TempDir
    private Path directory;

    private final DiskFixture fixture = new DiskFixture();
    private final ExecutorService threads = Executors.newFixedThreadPool(READERS);

    /** Keys up to here have been acknowledged in the round above. */
    private final AtomicInteger acked = new AtomicInteger();

    @AfterEach
    void end() throws InterruptedException {
        threads.shutdownNow();
        assertTrue(threads.awaitTermination(1, TimeUnit.MINUTES));
        fixture.close();
    }

    @Test
    void readersSeeEveryAckedWriteWhileRunsComeAndGo() throws Exception {
        try (DiskStorage storage = fixture.open(directory)) {
            Table table = fixture.table(storage);
            TableReader reader = storage.reader("data");
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                int stride = 2 * i + 1;
                readers.add(threads.submit(() -> readAll(reader, stride)));
            }
            for (int round = 0; round < ROUNDS; round++) {
                writeRound(table, round);
                storage.flush();
            }
            for (Future<?> each : readers) {
                each.get(1, TimeUnit.MINUTES);
            }
            assertTrue(storage.status().sstables() < ROUNDS, "nothing was merged under the readers");
        }
    }

    @Test
    void anInterruptHurtsNoOtherReader() throws Exception {
        try (DiskStorage storage = fixture.open(directory)) {
            Table table = fixture.table(storage);
            writeRound(table, 0);
            storage.flush();
            TableReader reader = storage.reader("data");
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                readers.add(threads.submit(() -> readInterrupted(reader)));
            }
            for (Future<?> each : readers) {
                each.get(1, TimeUnit.MINUTES);
            }
            assertEquals(Set.of(5L), numbers(reader, 5));
        }
    }

    @Test
    void readersOfAClosedStorageAreTold() throws Exception {
        TableReader reader;
        List<Future<?>> readers = new ArrayList<>();
        try (DiskStorage storage = fixture.open(directory)) {
            Table table = fixture.table(storage);
            writeRound(table, 0);
            storage.flush();
            reader = storage.reader("data");
            assertThrows(IllegalArgumentException.class, () -> storage.reader("other"));
            TableReader shared = reader;
            for (int i = 0; i < READERS; i++) {
                readers.add(threads.submit(() -> {
                    for (int key = 0; ; key = (key + 1) % KEYS) {
                        assertEquals(Set.of((long) key), numbers(shared, key));
                    }
                }));
            }
        }
        for (Future<?> each : readers) {
            ExecutionException end = assertThrows(ExecutionException.class, () -> each.get(1, TimeUnit.MINUTES));
            assertEquals(StorageFullException.class, end.getCause().getClass());
        }
        assertThrows(StorageFullException.class, () -> reader.read(Token.of(DiskFixture.key(1)), DiskFixture.key(1)));
    }

    /** Reads until all was written; what was acknowledged before a read began is in its answer. */
    private void readAll(TableReader reader, int stride) {
        int key = 0;
        int before = 0;
        while (before < ROUNDS * KEYS) {
            before = acked.get();
            key = (key + stride) % KEYS;
            int rounds = before / KEYS + (key < before % KEYS ? 1 : 0);
            Set<Long> found = numbers(reader, key);
            for (int round = 0; round < rounds; round++) {
                assertTrue(found.contains(number(round, key)), "round " + round + " of key " + key + " is lost");
            }
            assertEquals(Set.of(), numbers(reader, KEYS + key));
        }
    }

    private static void readInterrupted(TableReader reader) {
        for (int key = 0; key < KEYS; key++) {
            Thread.currentThread().interrupt();
            assertEquals(Set.of((long) key), numbers(reader, key));
            assertTrue(Thread.interrupted(), "the interrupt was swallowed");
            assertFalse(Thread.currentThread().isInterrupted());
        }
    }

    private void writeRound(Table table, int round) {
        List<CompletableFuture<Durability>> writes = new ArrayList<>();
        for (int key = 0; key < KEYS; key++) {
            writes.add(fixture.append(table, key, SetRecords.of(number(round, key))));
        }
        for (CompletableFuture<Durability> write : writes) {
            DiskFixture.await(write);
            acked.incrementAndGet();
        }
    }

    private static long number(int round, int key) {
        return (long) round * KEYS + key;
    }

    private static Set<Long> numbers(TableReader reader, int key) {
        byte[] bytes = DiskFixture.key(key);
        Optional<byte[]> record = reader.read(Token.of(bytes), bytes);
        return record.map(SetRecords::numbers).orElse(Set.of());
    }
}

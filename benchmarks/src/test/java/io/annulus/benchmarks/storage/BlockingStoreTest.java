package io.annulus.benchmarks.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.annulus.api.storage.Durability;
import io.annulus.api.storage.TableOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BlockingStoreTest {

    private static final long CACHE_BYTES = 1 << 20;
    private static final long MEMTABLE_BYTES = 64 << 10;
    private static final int KEYS = 500;
    private static final int WRITERS = 8;
    private static final long LIMIT_MILLIS = 60_000;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @EnumSource
    void whatWasWrittenIsThereBeforeAndAfterAReopening(Durability durability) {
        try (BlockingStore store =
                BlockingStore.open(directory, MEMTABLE_BYTES, CACHE_BYTES, TableOptions.DEFAULT.with(durability))) {
            for (int i = 0; i < KEYS; i++) {
                store.put(bytes(i), new byte[1000]);
                store.put(bytes(i), bytes(2 * i));
            }
            store.delete(bytes(3));
            check(store);
            store.settle();
            check(store);
        }
        try (BlockingStore store =
                BlockingStore.open(directory, MEMTABLE_BYTES, CACHE_BYTES, TableOptions.DEFAULT.with(durability))) {
            check(store);
            store.put(bytes(1), bytes(77));
            assertArrayEquals(bytes(77), store.get(bytes(1)).orElseThrow());
        }
    }

    @Test
    void writersThatAreFasterThanTheDiskAreHeldBackAndComeThrough() throws InterruptedException {
        try (BlockingStore store = BlockingStore.open(
                directory, MEMTABLE_BYTES, CACHE_BYTES, TableOptions.DEFAULT.with(Durability.MEMORY))) {
            List<Thread> writers = new ArrayList<>();
            AtomicInteger written = new AtomicInteger();
            for (int t = 0; t < WRITERS; t++) {
                int first = t * KEYS;
                writers.add(new Thread(() -> {
                    for (int i = first; i < first + KEYS; i++) {
                        store.put(bytes(i), new byte[4000]);
                        written.incrementAndGet();
                    }
                }));
            }
            writers.forEach(writer -> writer.setDaemon(true));
            writers.forEach(Thread::start);
            for (Thread writer : writers) {
                writer.join(LIMIT_MILLIS);
            }

            assertEquals(WRITERS * KEYS, written.get());
        }
    }

    private static void check(BlockingStore store) {
        assertEquals(Optional.empty(), store.get(bytes(3)));
        assertEquals(Optional.empty(), store.get(bytes(KEYS)));
        for (int i = 4; i < KEYS; i++) {
            assertArrayEquals(bytes(2 * i), store.get(bytes(i)).orElseThrow());
        }
    }

    private static byte[] bytes(int number) {
        return ("number " + number).getBytes(StandardCharsets.UTF_8);
    }
}

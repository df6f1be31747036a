package io.annulus.storage.cache;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.storage.testkit.Seed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BlockCacheTest {

    private static final int BOUND = 400 << 10;

    private final BlockCache cache = new BlockCache(BOUND);

    /** Some bytes of an array. */
    private record Bytes(byte[] array, int from, int size) implements Content<Bytes> {

        @Override
        public Bytes copiedTo(byte[] target, int at) {
            System.arraycopy(array, from, target, at, size);
            return new Bytes(target, at, size);
        }

        byte[] copy() {
            return Arrays.copyOfRange(array, from, from + size);
        }
    }

    @Test
    void whatWasPutIsThere() {
        Slots<Bytes> slots = cache.slots(1, 10);
        assertFalse(slots.has(3));
        put(slots, 3, 1000);
        assertTrue(isThere(slots, 3, 1000));
        assertEquals(1, cache.figures().hits());
        assertEquals(1, cache.figures().misses());
    }

    @Test
    void whatIsPutIsCopied() {
        Slots<Bytes> slots = cache.slots(1, 1);
        byte[] bytes = bytes(0, 1000);
        slots.put(0, new Bytes(bytes, 0, 1000));
        Arrays.fill(bytes, (byte) 7);
        assertTrue(isThere(slots, 0, 1000));
    }

    @Test
    void numbersOfAMapMayBeAny() {
        Slots<Bytes> slots = cache.slots(-1);
        for (long key : new long[] {0, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertFalse(slots.has(key));
            slots.put(key, new Bytes(bytes(7, 500), 0, 500));
            assertTrue(slots.has(key));
        }
        slots.clear();
        assertEquals(0, cache.figures().bytes());
        for (int i = 0; i < 2000; i++) {
            put(slots, i, 1000);
        }
        assertTrue(cache.figures().evictions() > 1000);
    }

    @Test
    void whatWasReadOnceIsForgottenInTheEnd() {
        BlockCache large = new BlockCache(4 << 20);
        MapSlots<Bytes> slots = new MapSlots<>(large, 1);
        for (int i = 0; i < 100_000; i++) {
            put(slots, i, 20_000);
        }
        assertTrue(slots.remembered() <= 17_000, slots.remembered() + " evictions are remembered");
    }

    @Test
    void aFailureOfWhatUsesIsThatOfTheCaller() {
        Slots<Bytes> slots = cache.slots(1, 1);
        put(slots, 0, 100);
        IllegalStateException failure = new IllegalStateException("of the test");
        assertSame(
                failure,
                assertThrows(
                        IllegalStateException.class,
                        () -> slots.use(0, bytes -> {
                            throw failure;
                        })));
    }

    @Test
    void bytesStayWithinTheBound() {
        Slots<Bytes> slots = cache.slots(1, 4000);
        for (int i = 0; i < 4000; i++) {
            put(slots, i, 500 + i % 700);
            assertTrue(cache.figures().bytes() <= BOUND);
        }
        BlockCache.Figures figures = cache.figures();
        assertTrue(figures.evictions() > 3500, figures::toString);
        assertTrue(figures.bytes() > BOUND * 3 / 4, figures::toString);
    }

    @Test
    void aReadOfEverythingOnceDrivesNoWantedBlockOut() {
        Slots<Bytes> wanted = cache.slots(1, 20);
        for (int i = 0; i < 20; i++) {
            put(wanted, i, 1000);
            isThere(wanted, i, 1000);
            isThere(wanted, i, 1000);
        }
        Slots<Bytes> once = cache.slots(2, 10_000);
        for (int i = 0; i < 10_000; i++) {
            put(once, i, 1000);
        }
        for (int i = 0; i < 20; i++) {
            assertTrue(isThere(wanted, i, 1000), "block " + i + " was driven out");
        }
    }

    @Test
    void aBlockThatComesBackSoonStays() {
        Slots<Bytes> slots = cache.slots(1, 2000);
        for (int i = 0; i < 300; i++) {
            put(slots, i, 1000);
            isThere(slots, i, 1000);
            isThere(slots, i, 1000);
        }
        int next = 301;
        put(slots, 300, 1000);
        while (slots.has(300)) {
            put(slots, next++, 1000);
        }
        put(slots, 300, 1000);
        while (next < 1000) {
            put(slots, next++, 1000);
        }
        assertTrue(isThere(slots, 300, 1000));
    }

    @Test
    void blocksThatAreAllInUseStillGiveWay() {
        Slots<Bytes> slots = cache.slots(1, 1000);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 1000; i++) {
                put(slots, i, 1000);
                for (int use = 0; use < 4; use++) {
                    isThere(slots, i, 1000);
                }
            }
        }
        put(slots, 5, 1000);
        assertTrue(isThere(slots, 5, 1000));
    }

    @Test
    void whatIsLargeIsKeptWhenItIsReadAgain() {
        BlockCache large = new BlockCache(64 << 20);
        Slots<Bytes> slots = large.slots(1);
        put(slots, 7, 100_000);
        assertFalse(slots.has(7));
        put(slots, 7, 100_000);
        assertTrue(isThere(slots, 7, 100_000));
        put(slots, 8, 100_000);
        for (int i = 1000; i < 3000; i++) {
            put(slots, i, 100_000);
        }
        put(slots, 8, 100_000);
        assertFalse(slots.has(8), "it was read again too late");
    }

    @Test
    void aClearedTableHoldsNothing() {
        Slots<Bytes> mine = cache.slots(1, 10);
        Slots<Bytes> other = cache.slots(2, 10);
        for (int i = 0; i < 10; i++) {
            put(mine, i, 100);
            put(other, i, 100);
        }
        long both = cache.figures().bytes();
        mine.clear();
        mine.clear();
        assertFalse(mine.has(0));
        assertTrue(isThere(other, 0, 100));
        assertEquals(both / 2, cache.figures().bytes());
        assertEquals(0, cache.figures().evictions());
    }

    @Test
    void whatDeletedTablesLeaveIsUsedAgain() {
        for (int table = 0; table < 20; table++) {
            Slots<Bytes> slots = cache.slots(table, 300);
            for (int i = 0; i < 300; i++) {
                put(slots, i, 1000);
                isThere(slots, i, 1000);
                isThere(slots, i, 1000);
            }
            assertTrue(cache.figures().bytes() > BOUND / 2, "table " + table + ": " + cache.figures());
            slots.clear();
        }
    }

    @Test
    void whatIsLargeOrUnwantedIsNotKept() {
        Slots<Bytes> slots = cache.slots(1, 1);
        put(slots, 0, BOUND / 8);
        assertFalse(slots.has(0));
        Slots<Bytes> none = new BlockCache(0).slots(1, 1);
        put(none, 0, 10);
        assertFalse(none.has(0));
    }

    @Test
    void threadsKeepTheBoundAndGetTheirBlocks() throws Exception {
        BlockCache large = new BlockCache(1 << 20);
        Slots<Bytes> slots = large.slots(1, 1000);
        Random seeds = Seed.random("BlockCacheTest");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<Integer>> ends = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            Random random = new Random(seeds.nextLong());
            ends.add(threads.submit(() -> useAtRandom(slots, random)));
        }
        for (Future<Integer> end : ends) {
            assertTrue(end.get() > 1000, "few lookups found their block");
        }
        threads.shutdown();
        assertTrue(large.figures().bytes() <= 1 << 20);
        assertTrue(large.figures().evictions() > 0);
        slots.clear();
        assertEquals(0, large.figures().bytes());
    }

    /** Blocks come and go under the lookups, which must find what is theirs, or nothing; returns how many did. */
    private static int useAtRandom(Slots<Bytes> slots, Random random) {
        int found = 0;
        for (int i = 0; i < 200_000; i++) {
            int number = random.nextInt(1000);
            int size = 1000 + 3 * number;
            if (isThere(slots, number, size)) {
                found++;
            } else {
                put(slots, number, size);
            }
            if (random.nextInt(50_000) == 0) {
                slots.clear();
            }
        }
        return found;
    }

    private static void put(Slots<Bytes> slots, int number, int size) {
        slots.put(number, new Bytes(bytes(number, size), 0, size));
    }

    /** Whether bytes are there; if they are, then those that were put. */
    private static boolean isThere(Slots<Bytes> slots, int number, int size) {
        Optional<byte[]> found = slots.use(number, Bytes::copy);
        found.ifPresent(bytes -> assertArrayEquals(bytes(number, size), bytes));
        return found.isPresent();
    }

    private static byte[] bytes(int number, int size) {
        byte[] bytes = new byte[size];
        for (int at = 0; at + 4 <= size; at += 4) {
            ByteBuffer.wrap(bytes).putInt(at, number);
        }
        return bytes;
    }
}

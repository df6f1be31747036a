package io.annulus.storage.sstable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.ValueSource;
import io.annulus.storage.testkit.Seed;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BlockCacheTest {

    private static final int BOUND = 400 << 10;

    private final BlockCache cache = new BlockCache(BOUND);

    @Test
    void whatWasPutIsThere() {
        BlockCache.Slots slots = cache.slots(1, 10);
        assertTrue(slots.find(3, place(3, 1000)).isMissing());
        put(slots, 3, 1000);
        assertTrue(isThere(slots, 3, 1000));
        assertFalse(slots.find(3, place(4, 1000)).isMissing());
        assertTrue(slots.find(3, place(4, 1000)).entry().isEmpty());
        assertEquals(3, cache.figures().hits());
        assertEquals(1, cache.figures().misses());
    }

    @Test
    void whatALentBlockHoldsIsCopied() {
        BlockCache.Slots slots = cache.slots(1, 1);
        byte[] bytes = bytes(0, 1000);
        slots.put(0, Block.lent(bytes, bytes.length, ValueSource.NONE));
        Arrays.fill(bytes, (byte) 7);
        assertTrue(isThere(slots, 0, 1000));
    }

    @Test
    void bytesStayWithinTheBound() {
        BlockCache.Slots slots = cache.slots(1, 4000);
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
        BlockCache.Slots wanted = cache.slots(1, 20);
        for (int i = 0; i < 20; i++) {
            put(wanted, i, 1000);
            isThere(wanted, i, 1000);
            isThere(wanted, i, 1000);
        }
        BlockCache.Slots once = cache.slots(2, 10_000);
        for (int i = 0; i < 10_000; i++) {
            put(once, i, 1000);
        }
        for (int i = 0; i < 20; i++) {
            assertTrue(isThere(wanted, i, 1000), "block " + i + " was driven out");
        }
    }

    @Test
    void aBlockThatComesBackSoonStays() {
        BlockCache.Slots slots = cache.slots(1, 2000);
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
        BlockCache.Slots slots = cache.slots(1, 1000);
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
    void aClearedTableHoldsNothing() {
        BlockCache.Slots mine = cache.slots(1, 10);
        BlockCache.Slots other = cache.slots(2, 10);
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
            BlockCache.Slots slots = cache.slots(table, 300);
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
        BlockCache.Slots slots = cache.slots(1, 1);
        put(slots, 0, BOUND / 8);
        assertFalse(slots.has(0));
        BlockCache.Slots none = new BlockCache(0).slots(1, 1);
        put(none, 0, 10);
        assertFalse(none.has(0));
    }

    @Test
    void threadsKeepTheBoundAndGetTheirBlocks() throws Exception {
        BlockCache large = new BlockCache(1 << 20);
        BlockCache.Slots slots = large.slots(1, 1000);
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
    private static int useAtRandom(BlockCache.Slots slots, Random random) {
        int found = 0;
        for (int i = 0; i < 200_000; i++) {
            int number = random.nextInt(1000);
            int size = 1000 + 7 * number;
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

    private static void put(BlockCache.Slots slots, int number, int size) {
        slots.put(number, new Block(bytes(number, size), ValueSource.NONE));
    }

    /** Whether a block is there; if it is, then with what is its own. */
    private static boolean isThere(BlockCache.Slots slots, int number, int size) {
        EntryKey place = place(number, size);
        Answer answer = slots.find(number, place);
        if (!answer.isMissing()) {
            assertArrayEquals(place.key(), answer.entry().orElseThrow().record());
        }
        return !answer.isMissing();
    }

    private static byte[] bytes(int number, int size) {
        return BlockTest.bytes(List.of(place(number, size)));
    }

    private static EntryKey place(int number, int size) {
        byte[] key = new byte[Math.max(4, size / 2)];
        for (int at = 0; at + 4 <= key.length; at += 4) {
            ByteBuffer.wrap(key).putInt(at, number);
        }
        return new EntryKey(new Token(number, size), key);
    }
}

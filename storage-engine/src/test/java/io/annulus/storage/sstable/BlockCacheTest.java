package io.annulus.storage.sstable;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.ring.Token;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.ValueSource;
import io.annulus.storage.testkit.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class BlockCacheTest {

    private static final int BOUND = 100 << 10;

    private final BlockCache cache = new BlockCache(BOUND);

    @Test
    void whatWasPutIsThere() {
        BlockCache.Slots slots = cache.slots(1, 10);
        Block block = block(1000);
        assertNull(slots.get(3));
        slots.put(3, block);
        assertSame(block, slots.get(3));
        assertEquals(1, cache.figures().hits());
        assertEquals(1, cache.figures().misses());
    }

    @Test
    void bytesStayWithinTheBound() {
        BlockCache.Slots slots = cache.slots(1, 1000);
        for (int i = 0; i < 1000; i++) {
            slots.put(i, block(500 + i));
            assertTrue(cache.figures().bytes() <= BOUND);
        }
        BlockCache.Figures figures = cache.figures();
        assertTrue(figures.evictions() > 800, figures::toString);
        assertTrue(figures.bytes() > BOUND * 9 / 10, figures::toString);
    }

    @Test
    void aReadOfEverythingOnceDrivesNoWantedBlockOut() {
        BlockCache.Slots wanted = cache.slots(1, 20);
        for (int i = 0; i < 20; i++) {
            wanted.put(i, block(1000));
            wanted.get(i);
            wanted.get(i);
        }
        BlockCache.Slots once = cache.slots(2, 10_000);
        for (int i = 0; i < 10_000; i++) {
            once.put(i, block(1000));
        }
        for (int i = 0; i < 20; i++) {
            assertNotNull(wanted.get(i), "block " + i + " was driven out");
        }
    }

    @Test
    void aBlockThatComesBackSoonStays() {
        BlockCache.Slots slots = cache.slots(1, 200);
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 20; i++) {
                slots.put(i, block(1000));
                slots.get(i);
                slots.get(i);
            }
        }
        slots.put(100, block(1000));
        for (int i = 101; slots.blocks().get(100) != null; i++) {
            slots.put(i, block(1000));
        }
        slots.put(100, block(1000));
        for (int i = 101; i < 200; i++) {
            slots.put(i, block(1000));
        }
        assertNotNull(slots.get(100));
    }

    @Test
    void aClearedTableHoldsNothing() {
        BlockCache.Slots mine = cache.slots(1, 10);
        BlockCache.Slots other = cache.slots(2, 10);
        for (int i = 0; i < 10; i++) {
            mine.put(i, block(100));
            other.put(i, block(100));
        }
        long both = cache.figures().bytes();
        mine.clear();
        mine.clear();
        assertNull(mine.get(0));
        assertNotNull(other.get(0));
        assertEquals(both / 2, cache.figures().bytes());
        assertEquals(0, cache.figures().evictions());
    }

    @Test
    void whatIsLargeOrUnwantedIsNotKept() {
        BlockCache.Slots slots = cache.slots(1, 1);
        slots.put(0, block(BOUND / 2));
        assertNull(slots.get(0));
        BlockCache.Slots none = new BlockCache(0).slots(1, 1);
        none.put(0, block(10));
        assertNull(none.get(0));
    }

    @Test
    void threadsKeepTheBoundAndGetTheirBlocks() throws Exception {
        BlockCache large = new BlockCache(16 << 20);
        BlockCache.Slots slots = large.slots(1, 10_000);
        Block[] blocks = new Block[10_000];
        for (int i = 0; i < blocks.length; i++) {
            blocks[i] = block(4000);
        }
        Random seeds = Seed.random("BlockCacheTest");
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> ends = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            Random random = new Random(seeds.nextLong());
            ends.add(threads.submit(() -> useAtRandom(slots, blocks, random)));
        }
        for (Future<?> end : ends) {
            end.get();
        }
        threads.shutdown();
        assertTrue(large.figures().bytes() <= 16 << 20);
        assertTrue(large.figures().evictions() > 0);
        slots.clear();
        assertEquals(0, large.figures().bytes());
    }

    private static void useAtRandom(BlockCache.Slots slots, Block[] blocks, Random random) {
        for (int i = 0; i < 50_000; i++) {
            int number = random.nextInt(blocks.length);
            Block found = slots.get(number);
            if (found == null) {
                slots.put(number, blocks[number]);
            } else {
                assertSame(blocks[number], found);
            }
            if (random.nextInt(20_000) == 0) {
                slots.clear();
            }
        }
    }

    private static Block block(int size) {
        return new Block(
                BlockTest.bytes(List.of(new EntryKey(new Token(1, size), new byte[size / 2]))), ValueSource.NONE);
    }
}

package io.annulus.storage.sstable;

import io.annulus.storage.merge.EntryKey;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Unpacked, checked blocks of all sorted tables, within a bound of bytes. A table holds a slot for each of its blocks, so that
 * a hit costs two reads of it and no lock; which blocks stay is decided by the {@link CacheShard} that a block belongs to.
 * Hits are served to any thread; what fills or empties it runs on threads that read or delete files, never on the loop.
 *
 * <p>Blocks are copied into arrays that are used again and again: what a lookup finds counts only if the slot still leads to the
 * same place afterwards, as with a sequence lock (Boehm, "Can Seqlocks Get Along With Programming Language Memory Models?",
 * MSPC 2012).
 */
public final class BlockCache {

    private static final int MOST_SHARDS = 8;

    /** A shard smaller than this keeps too few blocks for its queues to tell the wanted ones. */
    private static final long LEAST_SHARD_BYTES = 4 << 20;

    private final CacheShard[] shards;
    private final Tally hits = new Tally();
    private final Tally misses = new Tally();

    /**
     * What it did and what it holds.
     *
     * @param hits lookups of a block that was there
     * @param misses blocks that were read from a file for a lookup
     * @param evictions blocks that made room for others
     * @param bytes that it holds now
     */
    public record Figures(long hits, long misses, long evictions, long bytes) {}

    /** An empty cache; 0 bytes keep nothing. */
    public BlockCache(long bytes) {
        int count = Integer.highestOneBit((int) Math.max(1, Math.min(MOST_SHARDS, bytes / LEAST_SHARD_BYTES)));
        shards = new CacheShard[count];
        for (int i = 0; i < count; i++) {
            shards[i] = new CacheShard(bytes / count);
        }
    }

    /** Any thread; the parts are not of one moment. */
    public Figures figures() {
        long evictions = 0;
        long bytes = 0;
        for (CacheShard shard : shards) {
            evictions += shard.evictions();
            bytes += shard.bytes();
        }
        return new Figures(hits.sum(), misses.sum(), evictions, bytes);
    }

    /** Slots for the blocks of a table. */
    Slots slots(long file, int blocks) {
        return new Slots(file, blocks);
    }

    /** The blocks of one table that are cached. */
    final class Slots {

        private final long file;
        private final AtomicReferenceArray<CachedBlock> blocks;

        /** When a block was evicted, counted in evictions of its shard; 0 when it was not. Guarded by the block's shard. */
        private final int[] evicted;

        private Slots(long file, int blocks) {
            this.file = file;
            this.blocks = new AtomicReferenceArray<>(blocks);
            this.evicted = new int[blocks];
        }

        /** What a block says of a key, if it is cached; any thread. */
        Answer find(int number, EntryKey place) {
            CachedBlock cached = blocks.getAcquire(number);
            while (cached != null) {
                Answer answer = Answer.MISSING;
                RuntimeException failure = null;
                try {
                    answer = Answer.of(cached.block().find(place));
                } catch (RuntimeException e) {
                    failure = e;
                }
                // What was read of the block, before the slot.
                VarHandle.acquireFence();
                CachedBlock now = blocks.getAcquire(number);
                if (now == cached) {
                    if (failure != null) {
                        throw failure;
                    }
                    cached.touch();
                    hits.increment();
                    return answer;
                }
                cached = now;
            }
            return Answer.MISSING;
        }

        /** Whether a block is cached; any thread. */
        boolean has(int number) {
            return blocks.getAcquire(number) != null;
        }

        /** Offers a block that was read for a lookup, to be copied; the caller holds the table. */
        void put(int number, Block block) {
            misses.increment();
            shard(number).put(this, number, block);
        }

        /** Drops all blocks of the table, once nobody holds it. */
        void clear() {
            for (int number = 0; number < blocks.length(); number++) {
                if (blocks.getAcquire(number) != null) {
                    shard(number).remove(this, number);
                }
            }
        }

        private CacheShard shard(int number) {
            // Fibonacci hashing: neighbours go to different shards.
            long hash = (file * 31 + number) * 0x9e3779b97f4a7c15L;
            return shards[(int) (hash >>> 32) & shards.length - 1];
        }

        AtomicReferenceArray<CachedBlock> blocks() {
            return blocks;
        }

        int[] evicted() {
            return evicted;
        }
    }
}

package io.annulus.storage.sstable;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Decides which blocks stay: S3-FIFO (Yang et al., "FIFO queues are all you need for cache eviction", SOSP 2023). New blocks
 * go through a small queue, which those read but once leave again, so that a scan of keys drives nothing out; a block that
 * comes back soon after it was evicted, or was used again, goes to the main queue, a clock. Used by threads that read or
 * delete files, under a lock held for moves in memory only.
 */
final class CacheShard {

    /** Part of the bytes that the small queue may take. */
    private static final int SMALL_PART = 10;

    /** A block that would take more than this part of the shard is not kept. */
    private static final int LARGEST_PART = 4;

    private final Lock lock = new ReentrantLock();
    private final BlockQueue small = new BlockQueue();
    private final BlockQueue main = new BlockQueue();
    private final long capacity;
    private int clock;

    /** Written under the lock, read by status. */
    private volatile long evictions;

    /** Written under the lock, read by status. */
    private volatile long bytes;

    CacheShard(long capacity) {
        this.capacity = capacity;
    }

    void put(CachedBlock block) {
        if (block.bytes() > capacity / LARGEST_PART) {
            return;
        }
        lock.lock();
        try {
            if (!block.slots().blocks().compareAndSet(block.number(), null, block)) {
                return;
            }
            (wasEvictedLately(block) ? main : small).add(block);
            while (small.bytes() + main.bytes() > capacity) {
                evictOne();
            }
            bytes = small.bytes() + main.bytes();
        } finally {
            lock.unlock();
        }
    }

    void remove(BlockCache.Slots slots, int number) {
        lock.lock();
        try {
            CachedBlock block = slots.blocks().getAndSet(number, null);
            if (block != null) {
                block.queue.remove(block);
                bytes = small.bytes() + main.bytes();
            }
        } finally {
            lock.unlock();
        }
    }

    long evictions() {
        return evictions;
    }

    long bytes() {
        return bytes;
    }

    /** The paper's ghost queue, as long as the main one, kept as the time of each block's eviction. */
    private boolean wasEvictedLately(CachedBlock block) {
        int at = block.slots().evicted()[block.number()];
        return at != 0 && clock - at < main.size();
    }

    private void evictOne() {
        if (!small.isEmpty() && (main.isEmpty() || small.bytes() > capacity / SMALL_PART)) {
            CachedBlock block = small.removeOldest();
            if (block.uses() > 1) {
                block.uses(0);
                main.add(block);
            } else {
                clock = Math.max(1, clock + 1);
                block.slots().evicted()[block.number()] = clock;
                drop(block);
            }
            return;
        }
        CachedBlock block = main.removeOldest();
        if (block.uses() > 0) {
            block.uses(block.uses() - 1);
            main.add(block);
        } else {
            drop(block);
        }
    }

    private void drop(CachedBlock block) {
        block.slots().blocks().set(block.number(), null);
        evictions++;
    }
}

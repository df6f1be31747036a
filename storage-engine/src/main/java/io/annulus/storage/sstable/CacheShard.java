package io.annulus.storage.sstable;

import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Decides which blocks stay: S3-FIFO (Yang et al., "FIFO queues are all you need for cache eviction", SOSP 2023). New blocks
 * go through a small queue, which those read but once leave again, so that a scan of keys drives nothing out; a block that
 * comes back soon after it was evicted, or was used again, goes to the main queue, a clock. A queue consists of slabs, which
 * are filled and emptied as a whole: queues that only ever take in at one end and give out at the other need no other memory
 * management.
 *
 * <p>Used by threads that read or delete files, under a lock held for moves in memory only. Readers take no lock: a block's
 * slot leads elsewhere before the block's bytes are overwritten.
 */
final class CacheShard {

    /** Part of the slabs that the small queue may take. */
    private static final int SMALL_PART = 10;

    /** Part of the main queue that deleted tables may leave unused before it is emptied first. */
    private static final int DEAD_PART = 4;

    private static final int SLAB_BYTES = 128 << 10;
    private static final int LEAST_SLAB_BYTES = 8 << 10;

    /** In each shard, so that no queue is a slab or two. */
    private static final int WANTED_SLABS = 32;

    /** One is filled in each queue, and one is kept for what moves. */
    private static final int LEAST_SLABS = 3;

    /** So many slabs of blocks that are all in use are looked at before one has to go. */
    private static final int PATIENCE = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final SlabQueue small = new SlabQueue();
    private final SlabQueue main = new SlabQueue();
    private final Deque<Slab> free = new ArrayDeque<>();
    private final int slabBytes;
    private final int mostSlabs;

    /** For blocks that move when another slab is emptied; null while it is in use, or was not needed yet. */
    private Slab spare;

    private int madeSlabs;
    private int clock;

    /** Written under the lock, read by status. */
    private volatile long evictions;

    /** Written under the lock, read by status. */
    private volatile long bytes;

    CacheShard(long capacity) {
        long wanted = Math.max(LEAST_SLAB_BYTES, Math.min(SLAB_BYTES, capacity / WANTED_SLABS));
        slabBytes = (int) Math.min(wanted, capacity / LEAST_SLABS);
        mostSlabs = slabBytes == 0 ? 0 : Math.toIntExact(capacity / slabBytes);
    }

    /** Takes a copy of a block, unless it is there already, is too large, or another thread is at it. */
    void put(BlockCache.Slots slots, int number, Block block) {
        // To wait would cost more than to read the block once more.
        if (block.size() > slabBytes || !lock.tryLock()) {
            return;
        }
        try {
            if (slots.blocks().get(number) == null) {
                add(wasEvictedLately(slots, number) ? main : small, slots, number, block);
                bytes = small.liveBytes() + main.liveBytes();
            }
        } finally {
            lock.unlock();
        }
    }

    void remove(BlockCache.Slots slots, int number) {
        lock.lock();
        try {
            CachedBlock block = slots.blocks().getAndSet(number, null);
            if (block != null) {
                block.slab().queue().drop(block);
                bytes = small.liveBytes() + main.liveBytes();
            }
        } finally {
            lock.unlock();
        }
    }

    long evictions() {
        return evictions;
    }

    /** Bytes of blocks. */
    long bytes() {
        return bytes;
    }

    private void add(SlabQueue queue, BlockCache.Slots slots, int number, Block block) {
        if (!queue.hasRoom(block.size())) {
            queue.goOnIn(emptySlab());
        }
        slots.blocks().setRelease(number, queue.add(slots, number, block));
    }

    private Slab emptySlab() {
        // The last one is for blocks that move.
        if (free.isEmpty() && madeSlabs < mostSlabs - 1) {
            madeSlabs++;
            free.add(new Slab(slabBytes));
        }
        for (int round = 0; free.isEmpty(); round++) {
            evictSlab(round < PATIENCE);
        }
        return free.remove();
    }

    /** The paper's ghost queue, as long as the main one, kept as the time of each block's eviction. */
    private boolean wasEvictedLately(BlockCache.Slots slots, int number) {
        int at = slots.evicted()[number];
        return at != 0 && clock - at < main.blocks();
    }

    private void evictSlab(boolean isPatient) {
        boolean isSmallLarge = small.slabs() > mostSlabs / SMALL_PART;
        boolean isMainDead = DEAD_PART * main.liveBytes() < (DEAD_PART - 1L) * main.slabs() * slabBytes;
        boolean fromSmall = main.slabs() == 0 || small.slabs() > 0 && isSmallLarge && !isMainDead;
        Slab slab = (fromSmall ? small : main).removeOldest();
        for (CachedBlock block : slab.blocks()) {
            if (block.slots().blocks().get(block.number()) == block) {
                slab.queue().drop(block);
                if (fromSmall ? block.uses() > 1 : block.uses() > 0 && isPatient) {
                    move(block, fromSmall ? 0 : block.uses() - 1);
                } else {
                    forget(block, fromSmall);
                }
            }
        }
        // Before its bytes are overwritten nothing leads to them.
        VarHandle.fullFence();
        slab.clear();
        if (spare == null) {
            spare = slab;
        } else {
            free.add(slab);
        }
    }

    /** To the end of the main queue; what comes from one slab fits another. */
    private void move(CachedBlock block, int uses) {
        if (!main.hasRoom(block.block().size())) {
            main.goOnIn(spare == null ? new Slab(slabBytes) : spare);
            spare = null;
        }
        CachedBlock moved = main.add(block.slots(), block.number(), block.block());
        moved.uses(uses);
        block.slots().blocks().setRelease(block.number(), moved);
    }

    private void forget(CachedBlock block, boolean mayComeBack) {
        if (mayComeBack) {
            clock = Math.max(1, clock + 1);
            block.slots().evicted()[block.number()] = clock;
        }
        block.slots().blocks().set(block.number(), null);
        evictions++;
    }
}

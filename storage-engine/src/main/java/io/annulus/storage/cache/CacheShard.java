package io.annulus.storage.cache;

import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Decides which blocks stay: S3-FIFO (Yang et al., "FIFO queues are all you need for cache eviction", SOSP 2023). What is
 * new goes through a small queue, which what is read but once leaves again, so that a scan of keys drives nothing out; what
 * comes back soon after it was evicted, or was used again, goes to the main queue, a clock. A queue consists of slabs, which
 * are filled and emptied as a whole: queues that only ever take in at one end and give out at the other need no other memory
 * management.
 *
 * <p>Used by threads that read or delete files, under a lock held for moves in memory only. Readers take no lock: a
 * slot leads elsewhere before the bytes that it led to are overwritten.
 */
final class CacheShard {

    /** Part of the slabs that the small queue may take. */
    private static final int SMALL_PART = 10;

    /** Part of the main queue that deleted tables may leave unused before it is emptied first. */
    private static final int DEAD_PART = 4;

    /** With its header one region of G1 (heaps below 4 GiB): a byte more would take two. */
    private static final int SLAB_BYTES = (1 << 20) - 16;

    private static final int LEAST_SLAB_BYTES = 8 << 10;

    /** In each shard, so that no queue is a slab or two. */
    private static final int WANTED_SLABS = 32;

    /** A shard of so many bytes has slabs of their greatest size. */
    static final long WANTED_BYTES = (long) WANTED_SLABS * SLAB_BYTES;

    /** What is larger than this part of a slab would leave much of it empty. */
    private static final int LARGEST_PART = 4;

    /** One is filled in each queue, and one is kept for what moves. */
    private static final int LEAST_SLABS = 3;

    /** So many slabs of what is all in use are looked at before one has to go. */
    private static final int PATIENCE = 8;

    /**
     * What is larger is not copied when it is first read, but counts as evicted at once: the copy takes as long as a third of the read.
     */
    private static final int LARGE_BYTES = 16 << 10;

    private final ReentrantLock lock = new ReentrantLock();
    private final SlabQueue small = new SlabQueue();
    private final SlabQueue main = new SlabQueue();
    private final Deque<Slab> free = new ArrayDeque<>();
    private final int slabBytes;
    private final int mostSlabs;
    private final int largestBytes;

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
        largestBytes = Math.min(slabBytes, Math.max(LEAST_SLAB_BYTES, slabBytes / LARGEST_PART));
    }

    /** Takes a copy of something, unless it is there already, is too large, or another thread is at the shard. */
    <T extends Content<T>> void put(Slots<T> slots, long key, T content) {
        // To wait would cost more than to read it once more.
        if (content.size() > largestBytes || !lock.tryLock()) {
            return;
        }
        try {
            if (slots.at(key) == null) {
                add(slots, key, content);
            }
        } finally {
            lock.unlock();
        }
    }

    <T extends Content<T>> void remove(Slots<T> slots, long key) {
        lock.lock();
        try {
            Cached<T> cached = slots.at(key);
            if (cached != null) {
                cached.forget();
                cached.slab().queue().drop(cached);
                bytes = small.liveBytes() + main.liveBytes();
            }
        } finally {
            lock.unlock();
        }
    }

    long evictions() {
        return evictions;
    }

    /** Bytes of contents. */
    long bytes() {
        return bytes;
    }

    private <T extends Content<T>> void add(Slots<T> slots, long key, T content) {
        int evicted = slots.evicted(key);
        if (content.size() >= LARGE_BYTES && !isLately(evicted, (long) mostSlabs * slabBytes / content.size())) {
            slots.evicted(key, tick());
            return;
        }
        SlabQueue queue = isLately(evicted, main.contents()) ? main : small;
        if (!queue.hasRoom(content.size())) {
            queue.goOnIn(emptySlab());
        }
        slots.set(key, queue.add(slots, key, content));
        bytes = small.liveBytes() + main.liveBytes();
    }

    private int tick() {
        clock = Math.max(1, clock + 1);
        return clock;
    }

    private Slab emptySlab() {
        // The last one is for blocks that move.
        if (free.isEmpty() && madeSlabs < mostSlabs - 1) {
            free.add(new Slab(slabBytes));
            madeSlabs++;
        }
        for (int round = 0; free.isEmpty(); round++) {
            evictSlab(round < PATIENCE);
        }
        return free.remove();
    }

    /** The paper's ghost queue, kept as the time of each eviction: whether that of something is among the last so many. */
    private boolean isLately(int evicted, long last) {
        return evicted != 0 && clock - evicted < last;
    }

    private void evictSlab(boolean isPatient) {
        boolean isSmallLarge = small.slabs() > mostSlabs / SMALL_PART;
        boolean isMainDead = DEAD_PART * main.liveBytes() < (DEAD_PART - 1L) * main.slabs() * slabBytes;
        boolean fromSmall = main.slabs() == 0 || small.slabs() > 0 && isSmallLarge && !isMainDead;
        Slab slab = (fromSmall ? small : main).removeOldest();
        for (Cached<?> cached : slab.contents()) {
            if (cached.isCurrent()) {
                slab.queue().drop(cached);
                if (fromSmall ? cached.uses() > 1 : cached.uses() > 0 && isPatient) {
                    move(cached, fromSmall ? 0 : cached.uses() - 1);
                } else {
                    forget(cached, fromSmall);
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
    private void move(Cached<?> cached, int uses) {
        if (!main.hasRoom(cached.content().size())) {
            main.goOnIn(spare == null ? new Slab(slabBytes) : spare);
            spare = null;
        }
        cached.moveTo(main, uses);
    }

    private void forget(Cached<?> cached, boolean mayComeBack) {
        if (mayComeBack) {
            cached.forget(tick());
        } else {
            cached.forget();
        }
        evictions++;
    }
}

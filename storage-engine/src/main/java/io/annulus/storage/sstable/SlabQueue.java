package io.annulus.storage.sstable;

import java.util.ArrayDeque;
import java.util.Deque;

/** Slabs in the order in which they were filled, the last of which is being filled; guarded by its shard. */
final class SlabQueue {

    private final Deque<Slab> slabs = new ArrayDeque<>();
    private int blocks;
    private long liveBytes;

    /** Whether a block goes in without another slab. */
    boolean hasRoom(int size) {
        return !slabs.isEmpty() && slabs.getLast().hasRoom(size);
    }

    /** Goes on in an empty slab. */
    void goOnIn(Slab slab) {
        slab.queue(this);
        slabs.addLast(slab);
    }

    /** Copies a block, which there is room for. */
    CachedBlock add(BlockCache.Slots slots, int number, Block block) {
        blocks++;
        liveBytes += block.size();
        return slabs.getLast().add(slots, number, block);
    }

    /** One of its blocks is no longer wanted here. */
    void drop(CachedBlock block) {
        blocks--;
        liveBytes -= block.block().size();
    }

    /** Takes the oldest slab out, whose blocks still count; there is one. */
    Slab removeOldest() {
        return slabs.removeFirst();
    }

    int slabs() {
        return slabs.size();
    }

    int blocks() {
        return blocks;
    }

    long liveBytes() {
        return liveBytes;
    }
}

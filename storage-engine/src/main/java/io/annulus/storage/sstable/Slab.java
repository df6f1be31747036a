package io.annulus.storage.sstable;

import java.util.ArrayList;
import java.util.List;

/**
 * An array of the cache that blocks are copied into, one behind the other; when it is needed for others it is emptied as a
 * whole. Made once and used for as long as the cache lives, so that the collector of garbage neither moves nor frees what is
 * cached. Guarded by its shard, but that readers read the array.
 */
final class Slab {

    private final byte[] bytes;
    private final List<CachedBlock> blocks = new ArrayList<>();
    private int filled;

    /** The queue that it is in or was taken from last; null before it was in one. */
    private SlabQueue queue;

    Slab(int size) {
        bytes = new byte[size];
    }

    SlabQueue queue() {
        return queue;
    }

    void queue(SlabQueue now) {
        queue = now;
    }

    boolean hasRoom(int size) {
        return filled + size <= bytes.length;
    }

    /** Copies a block, which there is room for, behind the others; nobody is told. */
    CachedBlock add(BlockCache.Slots slots, int number, Block block) {
        CachedBlock cached = new CachedBlock(slots, number, this, block.copiedTo(bytes, filled));
        blocks.add(cached);
        filled += block.size();
        return cached;
    }

    /** All blocks that were added, those that were dropped too. */
    List<CachedBlock> blocks() {
        return blocks;
    }

    /** Makes room; no slot leads to one of its blocks any more. */
    void clear() {
        blocks.clear();
        filled = 0;
    }
}

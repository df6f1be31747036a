package io.annulus.storage.sstable;

/** Cached blocks in the order in which they came; guarded by its shard. */
final class BlockQueue {

    private CachedBlock newest;
    private CachedBlock oldest;
    private long bytes;
    private int size;

    void add(CachedBlock block) {
        block.queue = this;
        block.older = newest;
        block.newer = null;
        if (newest == null) {
            oldest = block;
        } else {
            newest.newer = block;
        }
        newest = block;
        bytes += block.bytes();
        size++;
    }

    void remove(CachedBlock block) {
        if (block.newer == null) {
            newest = block.older;
        } else {
            block.newer.older = block.older;
        }
        if (block.older == null) {
            oldest = block.newer;
        } else {
            block.older.newer = block.newer;
        }
        block.newer = null;
        block.older = null;
        bytes -= block.bytes();
        size--;
    }

    /** Takes the oldest one out; the queue is not empty. */
    CachedBlock removeOldest() {
        CachedBlock block = oldest;
        remove(block);
        return block;
    }

    boolean isEmpty() {
        return oldest == null;
    }

    long bytes() {
        return bytes;
    }

    int size() {
        return size;
    }
}

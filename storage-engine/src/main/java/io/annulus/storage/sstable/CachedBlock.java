package io.annulus.storage.sstable;

/** A block in the cache; its links are guarded by its shard. */
final class CachedBlock {

    /** About what slot, links and arrays cost beside the bytes. */
    private static final int OVERHEAD_BYTES = 112;

    private static final byte MOST_USES = 3;

    private final BlockCache.Slots slots;
    private final int number;
    private final Block block;

    /** Written by all readers without order: a use that is lost does no harm. */
    private byte uses;

    CachedBlock newer;
    CachedBlock older;
    BlockQueue queue;

    CachedBlock(BlockCache.Slots slots, int number, Block block) {
        this.slots = slots;
        this.number = number;
        this.block = block;
    }

    BlockCache.Slots slots() {
        return slots;
    }

    int number() {
        return number;
    }

    Block block() {
        return block;
    }

    long bytes() {
        return block.size() + OVERHEAD_BYTES;
    }

    /** Counts a use; any thread. */
    void touch() {
        if (uses < MOST_USES) {
            uses++;
        }
    }

    int uses() {
        return uses;
    }

    void uses(int left) {
        uses = (byte) left;
    }
}

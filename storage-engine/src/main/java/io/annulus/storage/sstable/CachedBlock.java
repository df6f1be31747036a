package io.annulus.storage.sstable;

/** A block in the cache. */
final class CachedBlock {

    private static final byte MOST_USES = 3;

    private final BlockCache.Slots slots;
    private final int number;
    private final Slab slab;
    private final Block block;

    /** Written by all readers without order: a use that is lost does no harm. */
    private byte uses;

    CachedBlock(BlockCache.Slots slots, int number, Slab slab, Block block) {
        this.slots = slots;
        this.number = number;
        this.slab = slab;
        this.block = block;
    }

    BlockCache.Slots slots() {
        return slots;
    }

    int number() {
        return number;
    }

    /** Where its bytes are. */
    Slab slab() {
        return slab;
    }

    /** Good for as long as its slot leads here. */
    Block block() {
        return block;
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

package io.annulus.storage.cache;

/**
 * Blocks and records that were read from files, within a bound of bytes. A file holds a slot for each of its own, so that a hit
 * costs two reads of it and no lock; what stays is decided by the {@link CacheShard} that it belongs to.
 *
 * <p>Contents are copied into arrays that are used again and again: what a lookup finds counts only if the slot still leads to the
 * same place afterwards, as with a sequence lock (Boehm, "Can Seqlocks Get Along With Programming Language Memory Models?",
 * MSPC 2012).
 */
public final class BlockCache {

    private static final int MOST_SHARDS = 8;

    private final CacheShard[] shards;
    private final Tally hits = new Tally();
    private final Tally misses = new Tally();

    /**
     * What it did and what it holds.
     *
     * @param hits lookups of what was there
     * @param misses blocks and records that were read from a file for a lookup
     * @param evictions what made room for others
     * @param bytes that it holds now
     */
    public record Figures(long hits, long misses, long evictions, long bytes) {}

    /** An empty cache; 0 bytes keep nothing. */
    public BlockCache(long bytes) {
        int count = Integer.highestOneBit((int) Math.max(1, Math.min(MOST_SHARDS, bytes / CacheShard.WANTED_BYTES)));
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

    /** Slots of a file for so many contents, which are numbered from 0 on. */
    public <T extends Content<T>> Slots<T> slots(long file, int count) {
        return new ArraySlots<>(this, file, count);
    }

    /** Slots of a file for contents under any numbers. */
    public <T extends Content<T>> Slots<T> slots(long file) {
        return new MapSlots<>(this, file);
    }

    void hit() {
        hits.increment();
    }

    void miss() {
        misses.increment();
    }

    CacheShard shard(long key) {
        // Fibonacci hashing: neighbours go to different shards.
        long hash = key * 0x9e3779b97f4a7c15L;
        return shards[(int) (hash >>> 32) & shards.length - 1];
    }
}

package io.annulus.storage.cache;

import java.lang.invoke.VarHandle;
import java.util.Optional;
import java.util.function.Function;

/**
 * Leads to what is cached of one file. Lookups are served to any thread; what fills or empties it runs on threads that read or
 * delete files.
 *
 * @param <T> what is cached
 */
public abstract class Slots<T extends Content<T>> {

    private final BlockCache cache;
    private final long file;

    Slots(BlockCache cache, long file) {
        this.cache = cache;
        this.file = file;
    }

    /**
     * Uses what is cached under a key, and tells what came of it; empty when nothing is cached there.
     *
     * @param use has no effect but its result; it may be run again, on bytes that change under it, and what comes of that does not
     *     count
     */
    public final <A> Optional<A> use(long key, Function<? super T, A> use) {
        Cached<T> cached = at(key);
        while (cached != null) {
            A result = null;
            RuntimeException failure = null;
            try {
                result = use.apply(cached.content());
            } catch (RuntimeException e) {
                failure = e;
            }
            // What was read of the bytes, before the slot.
            VarHandle.acquireFence();
            Cached<T> now = at(key);
            if (now == cached) {
                cached.touch();
                cache.hit();
                if (failure != null) {
                    throw failure;
                }
                return Optional.of(result);
            }
            cached = now;
        }
        return Optional.empty();
    }

    /** Whether something is cached under a key; any thread. */
    public final boolean has(long key) {
        return at(key) != null;
    }

    /** Offers what was read for a lookup, to be copied; the caller holds the file. */
    public final void put(long key, T content) {
        cache.miss();
        shard(key).put(this, key, content);
    }

    /** Drops all that is cached of the file, once nobody holds it. */
    public abstract void clear();

    /** Drops what is cached under a key. */
    final void drop(long key) {
        if (at(key) != null) {
            shard(key).remove(this, key);
        }
    }

    /** What a slot leads to, with what was written before it was set; else null. */
    abstract Cached<T> at(long key);

    /** Makes a slot lead to what was written before; guarded by the key's shard, as are the following. */
    abstract void set(long key, Cached<T> cached);

    /** Makes a slot lead nowhere. */
    abstract void remove(long key);

    /** When it was evicted, counted in evictions of its shard; 0 when it was not. */
    abstract int evicted(long key);

    abstract void evicted(long key, int now);

    private CacheShard shard(long key) {
        return cache.shard(file * 31 + key);
    }
}

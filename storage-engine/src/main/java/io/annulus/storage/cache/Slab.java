package io.annulus.storage.cache;

import java.util.ArrayList;
import java.util.List;

/**
 * An array of the cache that contents are copied into, one behind the other; when it is needed for others it is emptied as a
 * whole. Made once and used for as long as the cache lives, so that the collector of garbage neither moves nor frees what is
 * cached. Guarded by its shard, but that readers read the array.
 */
final class Slab {

    private final byte[] bytes;
    private final List<Cached<?>> contents = new ArrayList<>();
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

    /** Copies something, which there is room for, behind what is there; nobody is told. */
    <T extends Content<T>> Cached<T> add(Slots<T> slots, long key, T content) {
        Cached<T> cached = new Cached<>(slots, key, this, content.copiedTo(bytes, filled));
        contents.add(cached);
        filled += content.size();
        return cached;
    }

    /** All that was added, what was dropped too. */
    List<Cached<?>> contents() {
        return contents;
    }

    /** Makes room; no slot leads here any more. */
    void clear() {
        contents.clear();
        filled = 0;
    }
}

package io.annulus.storage.cache;

import java.util.ArrayDeque;
import java.util.Deque;

/** Slabs in the order in which they were filled, the last of which is being filled; guarded by its shard. */
final class SlabQueue {

    private final Deque<Slab> slabs = new ArrayDeque<>();
    private int contents;
    private long liveBytes;

    /** Whether something goes in without another slab. */
    boolean hasRoom(int size) {
        return !slabs.isEmpty() && slabs.getLast().hasRoom(size);
    }

    /** Goes on in an empty slab. */
    void goOnIn(Slab slab) {
        slab.queue(this);
        slabs.addLast(slab);
    }

    /** Copies something, which there is room for. */
    <T extends Content<T>> Cached<T> add(Slots<T> slots, long key, T content) {
        contents++;
        liveBytes += content.size();
        return slabs.getLast().add(slots, key, content);
    }

    /** Something is no longer wanted here. */
    void drop(Cached<?> cached) {
        contents--;
        liveBytes -= cached.content().size();
    }

    /** Takes the oldest slab out, whose contents still count; there is one. */
    Slab removeOldest() {
        return slabs.removeFirst();
    }

    int slabs() {
        return slabs.size();
    }

    int contents() {
        return contents;
    }

    long liveBytes() {
        return liveBytes;
    }
}

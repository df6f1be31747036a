package io.annulus.storage.cache;

import java.util.concurrent.atomic.AtomicReferenceArray;

/** Slots under numbers from 0 on. */
final class ArraySlots<T extends Content<T>> extends Slots<T> {

    private final AtomicReferenceArray<Cached<T>> slots;
    private final int[] evicted;

    ArraySlots(BlockCache cache, long file, int count) {
        super(cache, file);
        this.slots = new AtomicReferenceArray<>(count);
        this.evicted = new int[count];
    }

    @Override
    public void clear() {
        for (int number = 0; number < evicted.length; number++) {
            drop(number);
        }
    }

    @Override
    Cached<T> at(long key) {
        return slots.getAcquire((int) key);
    }

    @Override
    void set(long key, Cached<T> cached) {
        slots.setRelease((int) key, cached);
    }

    @Override
    void remove(long key) {
        slots.setRelease((int) key, null);
    }

    @Override
    int evicted(long key) {
        return evicted[(int) key];
    }

    @Override
    void evicted(long key, int now) {
        evicted[(int) key] = now;
    }
}

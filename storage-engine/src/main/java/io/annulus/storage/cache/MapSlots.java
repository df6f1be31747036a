package io.annulus.storage.cache;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Slots under any numbers, few of which are ever used. */
final class MapSlots<T extends Content<T>> extends Slots<T> {

    /** So many evictions are remembered: more than a cache holds of what is as large as this is for. */
    private static final int MOST_EVICTED = 16 << 10;

    private final Map<Long, Cached<T>> slots = new ConcurrentHashMap<>();
    private final Map<Long, Integer> evicted = new ConcurrentHashMap<>();

    MapSlots(BlockCache cache, long file) {
        super(cache, file);
    }

    @Override
    public void clear() {
        slots.keySet().forEach(this::drop);
        evicted.clear();
    }

    /** How many evictions are remembered. */
    int remembered() {
        return evicted.size();
    }

    @Override
    Cached<T> at(long key) {
        return slots.get(key);
    }

    @Override
    void set(long key, Cached<T> cached) {
        slots.put(key, cached);
    }

    @Override
    void remove(long key) {
        slots.remove(key);
    }

    @Override
    int evicted(long key) {
        return evicted.getOrDefault(key, 0);
    }

    @Override
    void evicted(long key, int now) {
        if (evicted.size() >= MOST_EVICTED) {
            evicted.values().removeIf(at -> now - at > MOST_EVICTED / 2);
        }
        evicted.put(key, now);
    }
}

package io.annulus.storage.cache;

/** Something in the cache. */
final class Cached<T extends Content<T>> {

    private static final byte MOST_USES = 3;

    private final Slots<T> slots;
    private final long key;
    private final Slab slab;
    private final T content;

    /** Written by all readers without order: a use that is lost does no harm. */
    private byte uses;

    Cached(Slots<T> slots, long key, Slab slab, T content) {
        this.slots = slots;
        this.key = key;
        this.slab = slab;
        this.content = content;
    }

    /** Whether its slot leads here. */
    boolean isCurrent() {
        return slots.at(key) == this;
    }

    /** Makes its slot lead nowhere. */
    void forget() {
        slots.remove(key);
    }

    /** Makes its slot lead nowhere, and takes note of when. */
    void forget(int now) {
        slots.evicted(key, now);
        slots.remove(key);
    }

    /** Copies it to the end of a queue, which has room, and makes its slot lead there. */
    void moveTo(SlabQueue queue, int usesLeft) {
        Cached<T> moved = queue.add(slots, key, content);
        moved.uses = (byte) usesLeft;
        slots.set(key, moved);
    }

    /** Where its bytes are. */
    Slab slab() {
        return slab;
    }

    /** Good for as long as its slot leads here. */
    T content() {
        return content;
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
}

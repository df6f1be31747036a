package io.annulus.storage.memtable;

import io.annulus.storage.merge.EntryKey;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The entries of one arc of the circle: a sorted list, and shortcuts into it, one for each of so many equal parts of the arc
 * as there are entries. The list says what is there; a shortcut that is old or not there yet costs steps and hides nothing.
 * One thread writes, any thread reads.
 *
 * <p>Where tokens crowd (someone made keys whose tokens are equal, say), a skip list takes the place of the shortcuts.
 */
final class TokenArc {

    /** Steps that uniform tokens never take: the chance of 64 entries where one is due is below 10^-89. */
    private static final int LONGEST_WALK = 64;

    static final int FEWEST_SHORTCUTS = 4;

    /** What shortcuts cost for an entry: one int each, half of them unused after doubling. */
    private static final int SHORTCUT_BYTES = 8;

    /** What an entry costs in the skip list: node, share of the index, place, key, number. */
    private static final int CROWDED_BYTES = 150;

    private final NodeArena nodes;
    private final int arcBits;
    private final int head;

    /** First node of each part, 0 where there is none; replaced and set by the writer, read by readers. */
    private volatile AtomicIntegerArray shortcuts;

    /** All nodes, once tokens crowd; made by the writer, read by readers. */
    private volatile Optional<ConcurrentSkipListMap<EntryKey, Integer>> crowded = Optional.empty();

    /** Owned by the writer. */
    private int count;

    /** An arc whose tokens have so many bits in common, with so many shortcuts to begin with, a power of two. */
    TokenArc(NodeArena nodes, int arcBits, int shortcuts) {
        this.shortcuts = new AtomicIntegerArray(shortcuts);
        this.nodes = nodes;
        this.arcBits = arcBits;
        this.head = nodes.addHead();
    }

    /** The head of the list, which is before all places. */
    int head() {
        return head;
    }

    /** The node of a place, or the last one before it, or the head; any thread. */
    int floor(EntryKey place) {
        return walk(shortcut(place), place, Integer.MAX_VALUE);
    }

    /** As {@link #floor}, and sees to it that it stays fast; writer. */
    int floorForWrite(EntryKey place) {
        int near = walk(shortcut(place), place, LONGEST_WALK);
        int next = nodes.next(near);
        if (next == 0 || nodes.compare(next, place) > 0) {
            return near;
        }
        crowd();
        return walk(near, place, Integer.MAX_VALUE);
    }

    /** Whether a node is that of a place. */
    boolean isAt(int node, EntryKey place) {
        return node != head && nodes.compare(node, place) == 0;
    }

    /** Adds the node of a place that has none, behind its floor; returns what the index grew by; writer. */
    int insert(int floor, EntryKey place, long record) {
        int node = nodes.add(place, nodes.next(floor), record);
        nodes.setNext(floor, node);
        count++;
        if (crowded.isPresent()) {
            crowded.get().put(place, node);
            return CROWDED_BYTES + place.key().length;
        }
        int part = part(place.token().high(), shortcuts.length());
        int first = shortcuts.getPlain(part);
        if (first == 0 || nodes.compare(first, place) > 0) {
            shortcuts.setRelease(part, node);
        }
        if (count > shortcuts.length()) {
            grow();
        }
        return SHORTCUT_BYTES;
    }

    private int walk(int from, EntryKey place, int steps) {
        int node = from;
        for (int i = 0; i < steps; i++) {
            int next = nodes.next(node);
            if (next == 0 || nodes.compare(next, place) > 0) {
                return node;
            }
            node = next;
        }
        return node;
    }

    /** A node at or before a place, most times near. */
    private int shortcut(EntryKey place) {
        Optional<ConcurrentSkipListMap<EntryKey, Integer>> index = crowded;
        if (index.isPresent()) {
            Map.Entry<EntryKey, Integer> before = index.get().floorEntry(place);
            return before == null ? head : before.getValue();
        }
        AtomicIntegerArray now = shortcuts;
        int part = part(place.token().high(), now.length());
        int node = now.getAcquire(part);
        if (node != 0 && nodes.compare(node, place) <= 0) {
            return node;
        }
        while (--part >= 0) {
            node = now.getAcquire(part);
            if (node != 0) {
                return node;
            }
        }
        return head;
    }

    private int part(long tokenHigh, int parts) {
        return (int) (tokenHigh << arcBits >>> Long.numberOfLeadingZeros(parts) + 1);
    }

    private void grow() {
        AtomicIntegerArray more = new AtomicIntegerArray(2 * shortcuts.length());
        for (int node = nodes.next(head); node != 0; node = nodes.next(node)) {
            int part = part(nodes.tokenHigh(node), more.length());
            if (more.getPlain(part) == 0) {
                more.setPlain(part, node);
            }
        }
        shortcuts = more;
    }

    private void crowd() {
        if (crowded.isEmpty()) {
            ConcurrentSkipListMap<EntryKey, Integer> index = new ConcurrentSkipListMap<>();
            for (int node = nodes.next(head); node != 0; node = nodes.next(node)) {
                index.put(nodes.place(node), node);
            }
            crowded = Optional.of(index);
        }
    }
}

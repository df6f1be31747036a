package io.annulus.storage.memtable;

import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.EntryKind;
import io.annulus.storage.merge.StoredEntry;
import io.annulus.storage.merge.ValuePointer;
import java.util.Arrays;

/**
 * Records, copied into arrays one behind the other; a large one stays in the array that it came in. A record is known by one
 * word, from its lowest bit on: 2 bits kind, 15 bits length, offset divided by 8, and above that the number of its array;
 * length 2^15 - 1 means a whole array. One thread writes, any thread reads what it got the word of.
 *
 * <p>Arrays on the heap: they cost little more than direct buffers, and no reader has to be counted before they go
 * (docs/decisions/0019-a-list-with-shortcuts.md).
 */
final class RecordArena {

    /** From here on a record is not copied. */
    private static final int LARGE_BYTES = 16 << 10;

    /** What an array costs beside its bytes: header, padding, reference. */
    private static final int ARRAY_BYTES = 24;

    /** With its header one region of G1 (heaps below 4 GiB), so that the collector never moves it. */
    private static final int SLAB_BYTES = (1 << 20) - 16;

    private static final int FIRST_SLAB_BYTES = 1 << 10;

    private static final int KIND_BITS = 2;
    private static final int LENGTH_BITS = 15;
    private static final int OFFSET_BITS = 17;
    private static final int OFFSET_SHIFT = KIND_BITS + LENGTH_BITS;
    private static final int SLAB_SHIFT = OFFSET_SHIFT + OFFSET_BITS;
    private static final int WHOLE = (1 << LENGTH_BITS) - 1;

    /** Replaced by the writer when it grows; whoever acquired a word finds its array here. */
    private volatile byte[][] slabs = {new byte[FIRST_SLAB_BYTES]};

    /** By number of its array: where a record lies in a value file. Replaced like the arrays, when it grows. */
    private volatile ValuePointer[] pointers = {};

    // Owned by the writer.
    private int slabCount = 1;
    /** The array that is being filled. */
    private int slab;

    private int used;
    private long bytes;

    /** Takes the record of an entry in; a large one, or one in a value file, is handed over, not copied. */
    long add(StoredEntry entry) {
        EntryKind kind = entry.kind();
        byte[] record = entry.record();
        if (record.length >= LARGE_BYTES || entry.pointer().isPresent()) {
            bytes += record.length + ARRAY_BYTES;
            int whole = addSlab(record);
            entry.pointer().ifPresent(pointer -> setPointer(whole, pointer));
            return (long) whole << SLAB_SHIFT | (long) WHOLE << KIND_BITS | kind.code();
        }
        int size = record.length + 7 & -8;
        if (used + size > slabs[slab].length) {
            bytes += slabs[slab].length - used;
            slab = addSlab(new byte[Math.max(Math.min(2 * slabs[slab].length, SLAB_BYTES), size)]);
            used = 0;
        }
        System.arraycopy(record, 0, slabs[slab], used, record.length);
        long word = (long) slab << SLAB_SHIFT
                | (long) (used >>> 3) << OFFSET_SHIFT
                | (long) record.length << KIND_BITS
                | kind.code();
        used += size;
        bytes += size;
        return word;
    }

    private static EntryKind kind(long word) {
        return EntryKind.of((int) word & (1 << KIND_BITS) - 1);
    }

    /** The entry of a record; a large one is the array itself. */
    StoredEntry entry(EntryKey place, long word) {
        int number = (int) (word >>> SLAB_SHIFT);
        byte[] array = slabs[number];
        int length = (int) (word >>> KIND_BITS) & WHOLE;
        if (length == WHOLE) {
            StoredEntry entry = new StoredEntry(place, kind(word), array);
            ValuePointer[] known = pointers;
            return number < known.length && known[number] != null ? entry.storedAt(known[number]) : entry;
        }
        int from = ((int) (word >>> OFFSET_SHIFT) & (1 << OFFSET_BITS) - 1) << 3;
        return new StoredEntry(place, kind(word), Arrays.copyOfRange(array, from, from + length));
    }

    /** Bytes that were given out, to records that were superseded since too; for the writer. */
    long bytes() {
        return bytes;
    }

    private void setPointer(int number, ValuePointer pointer) {
        if (number >= pointers.length) {
            pointers = Arrays.copyOf(pointers, 2 * number + 1);
        }
        pointers[number] = pointer;
    }

    private int addSlab(byte[] array) {
        if (slabCount == slabs.length) {
            slabs = Arrays.copyOf(slabs, 2 * slabCount);
        }
        slabs[slabCount] = array;
        return slabCount++;
    }
}

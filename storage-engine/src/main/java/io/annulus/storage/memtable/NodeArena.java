package io.annulus.storage.memtable;

import io.annulus.api.ring.Token;
import io.annulus.storage.merge.EntryKey;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The nodes of sorted lists, in arrays of longs: next node, reference to the record, token, length of the key, key. A node is
 * known by its address, which is never 0. One thread writes, any thread reads what it got the address of.
 */
final class NodeArena {

    private static final int OFFSET_BITS = 17;

    /** With its header one region of G1 (heaps below 4 GiB), so that the collector never moves it. */
    private static final int SLAB_WORDS = (1 << OFFSET_BITS) - 2;

    private static final int FIRST_SLAB_WORDS = 1 << 7;

    private static final int NEXT = 0;
    private static final int RECORD = 1;
    private static final int HIGH = 2;
    private static final int LOW = 3;
    private static final int LENGTH = 4;
    private static final int KEY = 5;

    private static final VarHandle WORD = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle EIGHT_BYTES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    /** Replaced by the writer when it grows; whoever acquired an address finds its slab here. */
    private volatile long[][] slabs = {new long[FIRST_SLAB_WORDS]};

    // Owned by the writer.
    private int slab;
    /** Address 0 means none. */
    private int used = 1;

    private long words = 1;

    /** The head of an empty list: a node that is nothing but a link. */
    int addHead() {
        return allocate(1);
    }

    /** A node that nothing leads to yet. */
    int add(EntryKey place, int next, long record) {
        byte[] key = place.key();
        int keyWords = (key.length + 7) >>> 3;
        int node = allocate(KEY + keyWords);
        long[] array = slabs[slab(node)];
        int at = offset(node);
        array[at + NEXT] = next;
        array[at + RECORD] = record;
        array[at + HIGH] = place.token().high();
        array[at + LOW] = place.token().low();
        array[at + LENGTH] = key.length;
        for (int i = 0; i < keyWords; i++) {
            array[at + KEY + i] = word(key, i);
        }
        return node;
    }

    int next(int node) {
        return (int) (long) WORD.getAcquire(slabs[slab(node)], offset(node) + NEXT);
    }

    void setNext(int node, int next) {
        WORD.setRelease(slabs[slab(node)], offset(node) + NEXT, (long) next);
    }

    long record(int node) {
        return (long) WORD.getAcquire(slabs[slab(node)], offset(node) + RECORD);
    }

    void setRecord(int node, long record) {
        WORD.setRelease(slabs[slab(node)], offset(node) + RECORD, record);
    }

    long tokenHigh(int node) {
        return slabs[slab(node)][offset(node) + HIGH];
    }

    EntryKey place(int node) {
        long[] array = slabs[slab(node)];
        int at = offset(node);
        byte[] key = new byte[(int) array[at + LENGTH]];
        int whole = key.length & -8;
        for (int i = 0; i < whole; i += 8) {
            EIGHT_BYTES.set(key, i, array[at + KEY + (i >>> 3)]);
        }
        for (int i = whole; i < key.length; i++) {
            key[i] = (byte) (array[at + KEY + (i >>> 3)] >>> (56 - 8 * (i & 7)));
        }
        return new EntryKey(new Token(array[at + HIGH], array[at + LOW]), key);
    }

    /** Compares a node's place with another; the order is that of {@link EntryKey}. */
    int compare(int node, EntryKey place) {
        long[] array = slabs[slab(node)];
        int at = offset(node);
        Token token = place.token();
        if (array[at + HIGH] != token.high()) {
            return Long.compareUnsigned(array[at + HIGH], token.high());
        }
        if (array[at + LOW] != token.low()) {
            return Long.compareUnsigned(array[at + LOW], token.low());
        }
        byte[] key = place.key();
        int length = (int) array[at + LENGTH];
        int words = (Math.min(length, key.length) + 7) >>> 3;
        for (int i = 0; i < words; i++) {
            long word = word(key, i);
            if (array[at + KEY + i] != word) {
                return Long.compareUnsigned(array[at + KEY + i], word);
            }
        }
        return Integer.compare(length, key.length);
    }

    /** Bytes that were given out; for the writer. */
    long bytes() {
        return words << 3;
    }

    /** Eight bytes of a key as a number that orders like them; zeros follow the end. */
    private static long word(byte[] key, int i) {
        int from = i << 3;
        if (from + 8 <= key.length) {
            return (long) EIGHT_BYTES.get(key, from);
        }
        long word = 0;
        for (int at = from; at < key.length; at++) {
            word |= (key[at] & 0xffL) << (56 - 8 * (at & 7));
        }
        return word;
    }

    private int allocate(int size) {
        if (used + size > slabs[slab].length) {
            words += slabs[slab].length - used;
            addSlab(Math.max(Math.min(2 * slabs[slab].length, SLAB_WORDS), size));
        }
        int address = slab << OFFSET_BITS | used;
        used += size;
        words += size;
        return address;
    }

    private void addSlab(int size) {
        slab++;
        if (slab > Integer.MAX_VALUE >>> OFFSET_BITS) {
            throw new IllegalStateException("a memtable has more than " + slab + " slabs of nodes");
        }
        if (slab == slabs.length) {
            slabs = Arrays.copyOf(slabs, 2 * slab);
        }
        slabs[slab] = new long[size];
        used = 0;
    }

    private static int slab(int address) {
        return address >>> OFFSET_BITS;
    }

    private static int offset(int address) {
        return address & (1 << OFFSET_BITS) - 1;
    }
}

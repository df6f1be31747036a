package io.annulus.storage.sstable;

import io.annulus.api.ring.Token;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Ends a block: where its entries lie, and a hash table of one byte a bucket to them. Gathers one tail at a time; one thread. */
final class BlockTail {

    /** Bytes behind the hash table. */
    static final int FIXED_BYTES = 4;

    /** A bucket of no entry. */
    static final int EMPTY = 255;

    /** A bucket of more than one entry. */
    static final int SHARED = 254;

    /** Most entries that a byte can name; more are found by search alone. */
    private static final int MOST_HASHED = SHARED;

    private int[] offsets = new int[64];
    private long[] lows = new long[64];
    private int entries;

    /** The bucket of the lower half of a token; every byte of the upper half is alike within a block. */
    static int bucket(long low, int buckets) {
        return (int) ((low >>> 32) * buckets >>> 32);
    }

    static int bytes(int entries) {
        return FIXED_BYTES + entries * Short.BYTES + buckets(entries);
    }

    void add(int offset, Token token) {
        if (entries == offsets.length) {
            offsets = Arrays.copyOf(offsets, 2 * entries);
            lows = Arrays.copyOf(lows, 2 * entries);
        }
        offsets[entries] = offset;
        lows[entries] = token.low();
        entries++;
    }

    int bytes() {
        return bytes(entries);
    }

    /** Writes the tail, and begins the next. */
    void write(ByteBuffer target) {
        byte[] table = new byte[buckets(entries)];
        Arrays.fill(table, (byte) EMPTY);
        for (int i = 0; i < entries; i++) {
            target.putShort((short) offsets[i]);
            if (table.length > 0) {
                int bucket = bucket(lows[i], table.length);
                table[bucket] = (byte) ((table[bucket] & 0xff) == EMPTY ? i : SHARED);
            }
        }
        target.put(table).putShort((short) entries).putShort((short) table.length);
        entries = 0;
    }

    /** A third more than entries. */
    private static int buckets(int entries) {
        return entries < 2 || entries > MOST_HASHED ? 0 : entries + entries / 3;
    }
}

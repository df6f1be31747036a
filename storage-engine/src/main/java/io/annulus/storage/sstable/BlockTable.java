package io.annulus.storage.sstable;

import io.annulus.storage.file.Varint;
import io.annulus.storage.merge.EntryKind;
import io.annulus.storage.merge.ValuePointer;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What a block in memory has behind its entries: where each of them lies, two bytes each, and a hash table of keys to them, one byte
 * a bucket, searched on from bucket to bucket (open addressing, Knuth, "The Art of Computer Programming", volume 3, section 6.4,
 * algorithm L). It is made when the block is read: on the disk it would be a fortieth of an entry of 100 bytes. Pure; any thread.
 */
final class BlockTable {

    /** Most entries of a block: a byte must name each of them, and none. */
    static final int MOST_ENTRIES = 254;

    /** A bucket of no entry. */
    static final int EMPTY = 255;

    /** With half of the buckets empty, an entry is in the first bucket looked at, or the next. */
    private static final int BUCKETS_PER_ENTRY = 2;

    /** Offsets of entries take two bytes. */
    private static final int LAST_OFFSET = 0xffff;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    /** 2^64 divided by the golden ratio, odd (Knuth's multiplicative hashing). */
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private BlockTable() {}

    /** Bytes of an array in which a block of so many bytes, its table, and the hashes while it is made have room. */
    static int roomFor(int blockBytes) {
        int entries = mostEntries(blockBytes);
        return blockBytes + bytes(entries) + entries * Integer.BYTES;
    }

    /** Bytes of the table of so many entries. */
    static int bytes(int entries) {
        return entries * Short.BYTES + buckets(entries);
    }

    static int buckets(int entries) {
        return entries * BUCKETS_PER_ENTRY;
    }

    /**
     * Checks the entries with which an array begins, and puts their table behind them.
     *
     * @param bytes has as much room as {@link #roomFor} says
     * @param length of all entries
     * @return how many there are
     * @throws IllegalArgumentException saying what is wrong with them
     */
    static int make(byte[] bytes, int length) {
        int hashesAt = length + bytes(mostEntries(length));
        int entries = 0;
        for (int at = 0; at < length; entries++) {
            if (entries == MOST_ENTRIES || at > LAST_OFFSET) {
                throw new IllegalArgumentException("more than " + entries + " entries in " + at + " bytes of a block");
            }
            int keyAt = checkedKey(bytes, at, length);
            int keyBytes = Varint.value(Varint.at(bytes, at + 1));
            SHORTS.set(bytes, length + entries * Short.BYTES, (short) at);
            INTS.set(bytes, hashesAt + entries * Integer.BYTES, hash(bytes, keyAt, keyBytes));
            at = keyAt + keyBytes + Varint.value(Varint.at(bytes, Varint.end(Varint.at(bytes, at + 1))));
        }
        if (entries == 0) {
            throw new IllegalArgumentException("a block without entries");
        }
        fill(bytes, length + entries * Short.BYTES, hashesAt, entries);
        return entries;
    }

    /** Where an entry lies, from the begin of the block. */
    static int offset(byte[] bytes, int offsetsAt, int entry) {
        return (short) SHORTS.get(bytes, offsetsAt + entry * Short.BYTES) & 0xffff;
    }

    /** The hash of a key: multiplicative, eight bytes at a time. */
    static int hash(byte[] bytes, int at, int length) {
        long hash = length;
        int next = at;
        for (int end = at + length - Long.BYTES; next <= end; next += Long.BYTES) {
            hash = Long.rotateLeft((hash ^ (long) LONGS.get(bytes, next)) * GOLDEN, Integer.SIZE);
        }
        for (int end = at + length; next < end; next++) {
            hash = hash * GOLDEN ^ bytes[next];
        }
        return (int) ((hash ^ hash >>> Integer.SIZE) * GOLDEN >>> Integer.SIZE);
    }

    /** The first bucket that a key of a hash may be in. */
    static int bucket(int hash, int buckets) {
        return (int) ((hash & 0xffffffffL) * buckets >>> Integer.SIZE);
    }

    /** The bucket after one. */
    static int next(int bucket, int buckets) {
        return bucket + 1 == buckets ? 0 : bucket + 1;
    }

    private static int mostEntries(int blockBytes) {
        return Math.min(MOST_ENTRIES, blockBytes / EntryFormat.LEAST_BYTES);
    }

    private static void fill(byte[] bytes, int bucketsAt, int hashesAt, int entries) {
        int buckets = buckets(entries);
        Arrays.fill(bytes, bucketsAt, bucketsAt + buckets, (byte) EMPTY);
        for (int entry = 0; entry < entries; entry++) {
            int bucket = bucket((int) INTS.get(bytes, hashesAt + entry * Integer.BYTES), buckets);
            while ((bytes[bucketsAt + bucket] & 0xff) != EMPTY) {
                bucket = next(bucket, buckets);
            }
            bytes[bucketsAt + bucket] = (byte) entry;
        }
    }

    /** Where the key of an entry begins that is found to end within the block. */
    private static int checkedKey(byte[] bytes, int at, int length) {
        if (length - at < EntryFormat.LEAST_BYTES) {
            throw new IllegalArgumentException(length - at + " bytes are left for an entry of a block");
        }
        // A number may be read beyond the block, but not beyond the room for its table.
        long key = Varint.at(bytes, at + 1);
        boolean isKey = Varint.end(key) < length && isNumber(bytes, key);
        long record = isKey ? Varint.at(bytes, Varint.end(key)) : -1;
        if (!isKey || !isNumber(bytes, record)) {
            throw new IllegalArgumentException("the entry at offset " + at + " of a block does not say its length");
        }
        int keyAt = Varint.end(record) + EntryFormat.tokenBytes(bytes[at]);
        if ((long) keyAt + Varint.value(key) + Varint.value(record) > length) {
            throw new IllegalArgumentException("the entry at offset " + at + " of a block ends behind it");
        }
        EntryKind kind = EntryFormat.kind(bytes[at]);
        boolean isSeparate = EntryFormat.isSeparate(bytes[at]);
        if (isSeparate && (Varint.value(record) != ValuePointer.BYTES || !kind.hasRecord())) {
            throw new IllegalArgumentException("the entry at offset " + at + " of a block is no pointer to a value");
        }
        return keyAt;
    }

    private static boolean isNumber(byte[] bytes, long found) {
        return Varint.value(found) >= 0 && bytes[Varint.end(found) - 1] >= 0;
    }
}

package io.annulus.storage.sstable;

import io.annulus.api.ring.Token;
import io.annulus.storage.cache.Content;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.EntryKind;
import io.annulus.storage.merge.StoredEntry;
import io.annulus.storage.merge.ValuePointer;
import io.annulus.storage.merge.ValueSource;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * An unpacked block whose checksum and structure were checked: no lookup in it can fail. A key is found through one byte of a
 * hash table (as in RocksDB's data_block_hash_index.h), or, where two share that byte, by binary search. Any thread, as long as
 * its bytes stay as they are.
 *
 * <p>Its bytes may be lent to it: those of a cached block give way to other blocks at any time, those in an
 * array that a thread reads blocks into to its next one. What is looked up is copied out of them. Of bytes that changed
 * meanwhile a lookup gives anything or throws any {@link RuntimeException}, but it ends, and takes no more memory than a block.
 */
public final class Block implements Content<Block> {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle SHORTS = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private final int base;
    private final int size;
    private final boolean isLent;
    private final ValueSource values;
    private final int entries;
    private final int buckets;

    /** Where the offsets of the entries begin. */
    private final int offsetsAt;

    /** Where the hash table begins. */
    private final int bucketsAt;

    /** Takes the plain bytes of a block, and where its large records are; an exception says what is wrong with them. */
    Block(byte[] bytes, ValueSource values) {
        this(bytes, bytes.length, values, false);
        check();
    }

    private Block(byte[] bytes, int size, ValueSource values, boolean isLent) {
        this.bytes = bytes;
        this.base = 0;
        this.size = size;
        this.isLent = isLent;
        this.values = values;
        int tail = size - BlockTail.FIXED_BYTES;
        this.entries = tail < 0 ? 0 : int16(tail);
        this.buckets = tail < 0 ? 0 : int16(tail + 2);
        this.bucketsAt = tail - buckets;
        this.offsetsAt = bucketsAt - entries * Short.BYTES;
    }

    /** The same block in other bytes. */
    private Block(Block other, byte[] bytes, int base, boolean isLent) {
        this.bytes = bytes;
        this.base = base;
        this.size = other.size;
        this.isLent = isLent;
        this.values = other.values;
        this.entries = other.entries;
        this.buckets = other.buckets;
        this.bucketsAt = other.bucketsAt + base - other.base;
        this.offsetsAt = other.offsetsAt + base - other.base;
    }

    /** Takes the first bytes of an array, which stays the caller's; an exception says what is wrong with them. */
    static Block lent(byte[] bytes, int size, ValueSource values) {
        Block block = new Block(bytes, size, values, true);
        block.check();
        return block;
    }

    /** This block in bytes of its own. */
    Block kept() {
        return isLent ? new Block(this, Arrays.copyOfRange(bytes, base, base + size), 0, false) : this;
    }

    @Override
    public Block copiedTo(byte[] target, int at) {
        System.arraycopy(bytes, base, target, at, size);
        return new Block(this, target, at, true);
    }

    private void check() {
        if (entries < 1 || offsetsAt < EntryFormat.HEADER_BYTES) {
            throw new IllegalArgumentException(entries + " entries do not fit a block of " + size + " bytes");
        }
        int at = 0;
        for (int i = 0; i < entries; i++) {
            if (offset(i) != at || offsetsAt - at < EntryFormat.HEADER_BYTES) {
                throw new IllegalArgumentException("entry " + i + " of a block is not at offset " + at);
            }
            long end = (long) at + EntryFormat.HEADER_BYTES + keyLength(at) + recordLength(at);
            if (keyLength(at) < 0 || recordLength(at) < 0 || end > offsetsAt) {
                throw new IllegalArgumentException("entry " + i + " at offset " + at + " of a block ends behind it");
            }
            checkKind(at);
            at = (int) end;
        }
        if (at != offsetsAt) {
            throw new IllegalArgumentException("the entries of a block end at " + at + ", not at " + offsetsAt);
        }
    }

    /** The entry of a key. */
    public Optional<StoredEntry> find(EntryKey place) {
        int entry = candidate(place);
        if (entry == entries || compare(offset(entry), place) != 0) {
            return Optional.empty();
        }
        int at = offset(entry);
        return Optional.of(entry(place, at));
    }

    @Override
    public int size() {
        return size;
    }

    int entries() {
        return entries;
    }

    StoredEntry entry(int number) {
        int at = offset(number);
        int key = at + EntryFormat.HEADER_BYTES;
        Token token = new Token((long) LONGS.get(bytes, at), (long) LONGS.get(bytes, at + Long.BYTES));
        EntryKey place = new EntryKey(token, copy(key, keyLength(at)));
        return entry(place, at);
    }

    /** The first entry at a place or after it; the number of entries when there is none. */
    int lowerBound(EntryKey place) {
        int low = 0;
        int high = entries;
        while (low < high) {
            int middle = low + high >>> 1;
            if (compare(offset(middle), place) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The entry that is of the key, if any is; the number of entries when none can be. */
    private int candidate(EntryKey place) {
        if (buckets == 0) {
            return lowerBound(place);
        }
        int hashed = bytes[bucketsAt + BlockTail.bucket(place.token().low(), buckets)] & 0xff;
        if (hashed == BlockTail.EMPTY) {
            return entries;
        }
        return hashed < entries ? hashed : lowerBound(place);
    }

    private int compare(int at, EntryKey place) {
        int byHigh =
                Long.compareUnsigned((long) LONGS.get(bytes, at), place.token().high());
        if (byHigh != 0) {
            return byHigh;
        }
        int byLow = Long.compareUnsigned(
                (long) LONGS.get(bytes, at + Long.BYTES), place.token().low());
        if (byLow != 0) {
            return byLow;
        }
        int key = at + EntryFormat.HEADER_BYTES;
        return Arrays.compareUnsigned(bytes, key, key + keyLength(at), place.key(), 0, place.key().length);
    }

    private void checkKind(int at) {
        EntryKind kind = EntryFormat.kind(bytes[at + 16]);
        if (EntryFormat.isSeparate(bytes[at + 16]) && (recordLength(at) != ValuePointer.BYTES || !kind.hasRecord())) {
            throw new IllegalArgumentException("the entry at offset " + at + " of a block is no pointer to a value");
        }
    }

    private StoredEntry entry(EntryKey place, int at) {
        EntryKind kind = EntryFormat.kind(bytes[at + 16]);
        int from = at + EntryFormat.HEADER_BYTES + keyLength(at);
        if (EntryFormat.isSeparate(bytes[at + 16])) {
            ByteBuffer pointer = ByteBuffer.wrap(bytes, from, ValuePointer.BYTES);
            return StoredEntry.separate(place, kind, ValuePointer.read(pointer), values);
        }
        return new StoredEntry(place, kind, copy(from, recordLength(at)));
    }

    /** Bytes that change meanwhile may give any length. */
    private byte[] copy(int from, int length) {
        Objects.checkFromIndexSize(from, length, offsetsAt);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    private int offset(int entry) {
        return base + int16(offsetsAt + entry * Short.BYTES);
    }

    private int keyLength(int at) {
        return (int) INTS.get(bytes, at + 17);
    }

    private int recordLength(int at) {
        return (int) INTS.get(bytes, at + 21);
    }

    private int int16(int at) {
        return (short) SHORTS.get(bytes, at) & 0xffff;
    }
}

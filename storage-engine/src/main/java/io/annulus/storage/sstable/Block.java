package io.annulus.storage.sstable;

import io.annulus.api.ring.Token;
import io.annulus.storage.cache.Content;
import io.annulus.storage.file.Varint;
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
 * An unpacked block whose checksum and structure were checked: no lookup in it can fail. A key is found by its own hash
 * ({@link BlockTable}), without a look at tokens. Any thread, as long as its bytes stay as they are.
 *
 * <p>Its bytes may be lent to it: those of a cached block give way to other blocks at any time, those in an
 * array that a thread reads blocks into to its next one. What is looked up is copied out of them. Of bytes that changed
 * meanwhile a lookup gives anything or throws any {@link RuntimeException}, but it ends, and takes no more memory than a block.
 */
public final class Block implements Content<Block> {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] bytes;
    private final int base;
    private final boolean isLent;
    private final ValueSource values;
    private final int entries;

    /** Where the entries end, and their offsets begin. */
    private final int offsetsAt;

    private Block(byte[] bytes, int base, int offsetsAt, int entries, ValueSource values, boolean isLent) {
        this.bytes = bytes;
        this.base = base;
        this.offsetsAt = offsetsAt;
        this.entries = entries;
        this.values = values;
        this.isLent = isLent;
    }

    /**
     * Takes the plain bytes of a block, with which an array begins, and puts its table behind them; an exception says what is
     * wrong with them.
     *
     * @param bytes stays the caller's, and has as much room as {@link BlockTable#roomFor} says
     * @param length of the plain bytes
     * @param values where its large records are
     */
    static Block lent(byte[] bytes, int length, ValueSource values) {
        int entries = BlockTable.make(bytes, length);
        return new Block(bytes, 0, length, entries, values, true);
    }

    /** This block in bytes of its own. */
    Block kept() {
        return isLent ? moved(Arrays.copyOfRange(bytes, base, base + size()), 0, false) : this;
    }

    @Override
    public Block copiedTo(byte[] target, int at) {
        System.arraycopy(bytes, base, target, at, size());
        return moved(target, at, true);
    }

    /** The entry of a key. */
    public Optional<StoredEntry> find(EntryKey place) {
        byte[] key = place.key();
        int bucketsAt = offsetsAt + entries * Short.BYTES;
        int buckets = BlockTable.buckets(entries);
        int bucket = BlockTable.bucket(BlockTable.hash(key, 0, key.length), buckets);
        for (int probe = 0; probe < buckets; probe++) {
            int entry = bytes[bucketsAt + bucket] & 0xff;
            if (entry == BlockTable.EMPTY) {
                break;
            }
            int at = offset(entry);
            if (isOf(at, place)) {
                return Optional.of(entry(place, at));
            }
            bucket = BlockTable.next(bucket, buckets);
        }
        return Optional.empty();
    }

    @Override
    public int size() {
        return offsetsAt - base + BlockTable.bytes(entries);
    }

    int entries() {
        return entries;
    }

    StoredEntry entry(int number) {
        int at = offset(number);
        return entry(place(at), at);
    }

    /** The first entry at a place or after it; the number of entries when there is none. */
    int lowerBound(EntryKey place) {
        int low = 0;
        int high = entries;
        while (low < high) {
            int middle = low + high >>> 1;
            if (place(offset(middle)).compareTo(place) < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private Block moved(byte[] target, int at, boolean lent) {
        return new Block(target, at, offsetsAt - base + at, entries, values, lent);
    }

    /** The key alone tells: the tokens of most entries are not there. */
    private boolean isOf(int at, EntryKey place) {
        byte[] key = place.key();
        long keyBytes = Varint.at(bytes, at + 1);
        if (Varint.value(keyBytes) != key.length) {
            return false;
        }
        int tokenAt = Varint.end(Varint.at(bytes, Varint.end(keyBytes)));
        int keyAt = tokenAt + EntryFormat.tokenBytes(bytes[at]);
        if (!Arrays.equals(bytes, keyAt, keyAt + key.length, key, 0, key.length)) {
            return false;
        }
        return keyAt > tokenAt ? token(tokenAt).equals(place.token()) : EntryFormat.isTokenOfKey(place);
    }

    private EntryKey place(int at) {
        long keyBytes = Varint.at(bytes, at + 1);
        int tokenAt = Varint.end(Varint.at(bytes, Varint.end(keyBytes)));
        int keyAt = tokenAt + EntryFormat.tokenBytes(bytes[at]);
        byte[] key = copy(keyAt, Varint.value(keyBytes));
        return new EntryKey(keyAt > tokenAt ? token(tokenAt) : Token.of(key), key);
    }

    private Token token(int at) {
        return new Token((long) LONGS.get(bytes, at), (long) LONGS.get(bytes, at + Long.BYTES));
    }

    private StoredEntry entry(EntryKey place, int at) {
        EntryKind kind = EntryFormat.kind(bytes[at]);
        long keyBytes = Varint.at(bytes, at + 1);
        long recordBytes = Varint.at(bytes, Varint.end(keyBytes));
        int from = Varint.end(recordBytes) + EntryFormat.tokenBytes(bytes[at]) + Varint.value(keyBytes);
        if (EntryFormat.isSeparate(bytes[at])) {
            ByteBuffer pointer = ByteBuffer.wrap(bytes, from, ValuePointer.BYTES);
            return StoredEntry.separate(place, kind, ValuePointer.read(pointer), values);
        }
        return new StoredEntry(place, kind, copy(from, Varint.value(recordBytes)));
    }

    /** Bytes that change meanwhile may give any length. */
    private byte[] copy(int from, int length) {
        Objects.checkFromIndexSize(from, length, offsetsAt);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    private int offset(int entry) {
        return base + BlockTable.offset(bytes, offsetsAt, entry);
    }
}

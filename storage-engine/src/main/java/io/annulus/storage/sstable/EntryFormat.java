package io.annulus.storage.sstable;

import io.annulus.api.ring.Token;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.EntryKind;
import io.annulus.storage.merge.StoredEntry;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Entries inside a block. */
final class EntryFormat {

    static final int HEADER_BYTES = 25;

    private EntryFormat() {}

    static int size(StoredEntry entry) {
        return HEADER_BYTES + entry.place().key().length + entry.record().length;
    }

    static void write(StoredEntry entry, ByteBuffer target) {
        Token token = entry.place().token();
        target.putLong(token.high()).putLong(token.low());
        target.put((byte) entry.kind().code());
        target.putInt(entry.place().key().length).putInt(entry.record().length);
        target.put(entry.place().key()).put(entry.record());
    }

    static StoredEntry read(ByteBuffer from) {
        Token token = new Token(from.getLong(), from.getLong());
        EntryKind kind = EntryKind.of(from.get());
        byte[] key = new byte[from.getInt()];
        byte[] record = new byte[from.getInt()];
        from.get(key).get(record);
        return new StoredEntry(new EntryKey(token, key), kind, record);
    }

    /** Compares the key of the entry at the buffer's position with another, without reading it out. */
    static int compare(ByteBuffer at, EntryKey other) {
        int start = at.position();
        int byHigh = Long.compareUnsigned(at.getLong(start), other.token().high());
        if (byHigh != 0) {
            return byHigh;
        }
        int byLow = Long.compareUnsigned(at.getLong(start + 8), other.token().low());
        if (byLow != 0) {
            return byLow;
        }
        int from = at.arrayOffset() + start + HEADER_BYTES;
        byte[] key = other.key();
        return Arrays.compareUnsigned(at.array(), from, from + at.getInt(start + 17), key, 0, key.length);
    }

    /** Moves the buffer behind the entry that it is at. */
    static void skip(ByteBuffer at) {
        int start = at.position();
        at.position(start + HEADER_BYTES + at.getInt(start + 17) + at.getInt(start + 21));
    }
}

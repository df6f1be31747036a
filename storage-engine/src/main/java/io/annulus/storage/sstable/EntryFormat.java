package io.annulus.storage.sstable;

import io.annulus.api.ring.Token;
import io.annulus.storage.file.Varint;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.EntryKind;
import io.annulus.storage.merge.StoredEntry;
import java.nio.ByteBuffer;

/** Entries inside a block. */
final class EntryFormat {

    /** Fewest bytes of an entry: kind, and lengths of an empty key and record. */
    static final int LEAST_BYTES = 3;

    private static final int TOKEN_BYTES = 2 * Long.BYTES;

    /** Kind, and the lengths of the longest key and record. */
    private static final int MOST_BEFORE_TOKEN = 1 + 5 + 5;

    /** Added to the kind of an entry in whose record's place a pointer to a value file lies. */
    private static final int SEPARATE = 16;

    /** Added to the kind of an entry whose token is there, since it is not that of its key. */
    private static final int WITH_TOKEN = 128;

    private EntryFormat() {}

    /** The most bytes that an entry takes. */
    static int maxBytes(StoredEntry entry) {
        return MOST_BEFORE_TOKEN + TOKEN_BYTES + entry.place().key().length + entry.storedBytes();
    }

    /** Writes an entry to an array, which has room; returns where it ends. */
    static int write(StoredEntry entry, byte[] target, int at) {
        byte[] key = entry.place().key();
        boolean hasToken = !isTokenOfKey(entry.place());
        int kind = entry.kind().code() | (entry.pointer().isPresent() ? SEPARATE : 0) | (hasToken ? WITH_TOKEN : 0);
        target[at] = (byte) kind;
        int next = Varint.put(target, at + 1, key.length);
        next = Varint.put(target, next, entry.storedBytes());
        ByteBuffer rest = ByteBuffer.wrap(target).position(next);
        if (hasToken) {
            Token token = entry.place().token();
            rest.putLong(token.high()).putLong(token.low());
        }
        rest.put(key);
        if (entry.pointer().isPresent()) {
            entry.pointer().get().write(rest);
        } else {
            rest.put(entry.record());
        }
        return rest.position();
    }

    /** Whether the token need not be there. */
    static boolean isTokenOfKey(EntryKey place) {
        return place.token().equals(Token.of(place.key()));
    }

    /**
     * The kind of an entry.
     *
     * @throws IllegalArgumentException when there is none of that code
     */
    static EntryKind kind(byte code) {
        return EntryKind.of(code & 0xff & ~(SEPARATE | WITH_TOKEN));
    }

    static boolean isSeparate(byte code) {
        return (code & SEPARATE) != 0;
    }

    /** Bytes of the token in front of the key. */
    static int tokenBytes(byte code) {
        return (code & WITH_TOKEN) != 0 ? TOKEN_BYTES : 0;
    }
}

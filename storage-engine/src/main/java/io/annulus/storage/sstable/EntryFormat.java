package io.annulus.storage.sstable;

import io.annulus.api.ring.Token;
import io.annulus.storage.merge.EntryKind;
import io.annulus.storage.merge.StoredEntry;
import java.nio.ByteBuffer;

/** Entries inside a block. */
final class EntryFormat {

    static final int HEADER_BYTES = 25;

    /** Added to the kind of an entry in whose record's place a pointer to a value file lies. */
    private static final int SEPARATE = 16;

    private EntryFormat() {}

    static int size(StoredEntry entry) {
        return HEADER_BYTES + entry.place().key().length + entry.storedBytes();
    }

    static void write(StoredEntry entry, ByteBuffer target) {
        Token token = entry.place().token();
        target.putLong(token.high()).putLong(token.low());
        target.put((byte) (entry.kind().code() | (entry.pointer().isPresent() ? SEPARATE : 0)));
        target.putInt(entry.place().key().length).putInt(entry.storedBytes());
        target.put(entry.place().key());
        if (entry.pointer().isPresent()) {
            entry.pointer().get().write(target);
        } else {
            target.put(entry.record());
        }
    }

    /**
     * The kind of an entry.
     *
     * @throws IllegalArgumentException when there is none of that code
     */
    static EntryKind kind(byte code) {
        return EntryKind.of(code & ~SEPARATE);
    }

    static boolean isSeparate(byte code) {
        return (code & SEPARATE) != 0;
    }
}

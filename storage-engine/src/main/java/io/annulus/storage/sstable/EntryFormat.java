package io.annulus.storage.sstable;

import io.annulus.api.ring.Token;
import io.annulus.storage.merge.StoredEntry;
import java.nio.ByteBuffer;

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
}

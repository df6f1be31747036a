package io.annulus.storage;

import io.annulus.api.ring.Token;
import io.annulus.api.version.RecordJoin;
import io.annulus.storage.merge.EntryCursor;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.StoredEntry;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The newest entries of a table, in memory. One thread at a time writes it (the log thread; for replayed records the thread
 * that opens the table, before anyone else sees it); any thread reads it without a lock.
 */
final class Memtable {

    /** What an entry costs beside its bytes: skip list node and index, key, token, entry and array headers. */
    private static final int OVERHEAD_BYTES = 200;

    private final ConcurrentSkipListMap<EntryKey, StoredEntry> entries = new ConcurrentSkipListMap<>();
    private long bytes;

    /** Lays an entry over what is there; returns by how many bytes the memtable grew. */
    long put(StoredEntry entry, RecordJoin join) {
        StoredEntry older = entries.get(entry.place());
        StoredEntry merged = older == null ? entry : entry.over(older, join);
        entries.put(merged.place(), merged);
        long grown = older == null
                ? OVERHEAD_BYTES + entry.place().key().length + merged.record().length
                : (long) merged.record().length - older.record().length;
        bytes += grown;
        return grown;
    }

    Optional<StoredEntry> get(EntryKey place) {
        return Optional.ofNullable(entries.get(place));
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** Bytes that it takes; for the writing thread, and for others once it is frozen. */
    long bytes() {
        return bytes;
    }

    /** Number of entries; walks them all. */
    int count() {
        return entries.size();
    }

    /** All entries, in order. */
    EntryCursor cursor() {
        return cursor(EntryKey.first(new Token(0, 0)));
    }

    /** Entries from a place on, in order. */
    EntryCursor cursor(EntryKey from) {
        Iterator<StoredEntry> rest = entries.tailMap(from, true).values().iterator();
        return new EntryCursor() {
            private StoredEntry entry;

            @Override
            public boolean next() {
                if (!rest.hasNext()) {
                    return false;
                }
                entry = rest.next();
                return true;
            }

            @Override
            public StoredEntry entry() {
                return entry;
            }
        };
    }
}

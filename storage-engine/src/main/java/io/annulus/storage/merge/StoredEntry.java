package io.annulus.storage.merge;

import io.annulus.api.version.RecordJoin;
import java.util.Objects;
import java.util.Optional;

/**
 * One entry of a run.
 *
 * @param place where it is sorted
 * @param kind what it says of older entries
 * @param record the record, empty for a removal; handed over, not copied
 */
public record StoredEntry(EntryKey place, EntryKind kind, byte[] record) {

    private static final byte[] NONE = new byte[0];

    public StoredEntry {
        Objects.requireNonNull(place, "place");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(record, "record");
    }

    /** The entry of a key that was removed. */
    public static StoredEntry removal(EntryKey place) {
        return new StoredEntry(place, EntryKind.REMOVAL, NONE);
    }

    /** This entry laid over an older one of the same key. */
    public StoredEntry over(StoredEntry older, RecordJoin join) {
        if (kind.hidesOlder()) {
            return this;
        }
        if (!older.kind.hasRecord()) {
            return new StoredEntry(place, EntryKind.REPLACEMENT, record);
        }
        return new StoredEntry(place, older.kind, join.join(older.record, record));
    }

    /** The record, empty for a removal. */
    public Optional<byte[]> live() {
        return kind.hasRecord() ? Optional.of(record) : Optional.empty();
    }
}

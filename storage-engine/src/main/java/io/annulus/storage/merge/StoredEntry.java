package io.annulus.storage.merge;

import io.annulus.api.version.RecordJoin;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * One entry of a run: in memory, in a value file, or both. Immutable; any thread, but that {@link #record} of an entry which
 * is not in memory reads a file, which may be gone unless the table that the entry came from is held ({@link ValueSource}).
 */
public final class StoredEntry {

    private static final byte[] NONE = new byte[0];

    private final EntryKey place;
    private final EntryKind kind;

    /** Null when the record is in a value file alone. */
    private final byte[] record;

    /** Null when the record is in no value file. */
    private final ValuePointer pointer;

    private final ValueSource source;

    private StoredEntry(EntryKey place, EntryKind kind, byte[] record, ValuePointer pointer, ValueSource source) {
        this.place = Objects.requireNonNull(place, "place");
        this.kind = Objects.requireNonNull(kind, "kind");
        this.record = record;
        this.pointer = pointer;
        this.source = source;
    }

    /**
     * An entry in memory.
     *
     * @param place where it is sorted
     * @param kind what it says of older entries
     * @param record the record, empty for a removal; handed over, not copied
     */
    public StoredEntry(EntryKey place, EntryKind kind, byte[] record) {
        this(place, kind, Objects.requireNonNull(record, "record"), null, ValueSource.NONE);
    }

    /** The entry of a key that was removed. */
    public static StoredEntry removal(EntryKey place) {
        return new StoredEntry(place, EntryKind.REMOVAL, NONE);
    }

    /** An entry whose record is in a value file alone. */
    public static StoredEntry separate(EntryKey place, EntryKind kind, ValuePointer pointer, ValueSource source) {
        return new StoredEntry(place, kind, null, Objects.requireNonNull(pointer, "pointer"), source);
    }

    /** Where it is sorted. */
    public EntryKey place() {
        return place;
    }

    /** What it says of older entries. */
    public EntryKind kind() {
        return kind;
    }

    /**
     * The record, empty for a removal. Reads a file when the entry is not in memory.
     *
     * @throws io.annulus.api.storage.CorruptDataException when the value in the file is damaged
     */
    public byte[] record() {
        return record == null ? source.read(place, pointer) : record;
    }

    /** Uses the record without a copy, as {@link ValueSource#use} does. */
    public <T> T use(RecordUse<T> use) {
        return record == null ? source.use(place, pointer, use) : use.use(record, 0, record.length);
    }

    /** Whether {@link #record} reads no file. */
    public boolean isInMemory() {
        return record != null;
    }

    /**
     * The same entry, whose record is in memory; reads a file when it is not.
     *
     * @throws io.annulus.api.storage.CorruptDataException when the value in the file is damaged
     */
    public StoredEntry inMemory() {
        return record == null
                ? use((bytes, from, length) ->
                        new StoredEntry(place, kind, Arrays.copyOfRange(bytes, from, from + length), pointer, source))
                : this;
    }

    /** Where the record lies in a value file; empty when it lies in none. */
    public Optional<ValuePointer> pointer() {
        return Optional.ofNullable(pointer);
    }

    /** Bytes of the record or of the pointer to it: what a sorted table keeps of it. */
    public int storedBytes() {
        return pointer == null ? record.length : ValuePointer.BYTES;
    }

    /** The same entry, whose record is in a value file now; it stays in memory when it is there. */
    public StoredEntry storedAt(ValuePointer now) {
        return new StoredEntry(place, kind, record, Objects.requireNonNull(now, "now"), source);
    }

    /** The same record as another kind of entry. */
    public StoredEntry with(EntryKind other) {
        return kind == other ? this : new StoredEntry(place, other, record, pointer, source);
    }

    /** This entry laid over an older one of the same key. A record that wins unchanged stays where it is. */
    public StoredEntry over(StoredEntry older, RecordJoin join) {
        if (kind.hidesOlder()) {
            return this;
        }
        if (!older.kind.hasRecord()) {
            return with(EntryKind.REPLACEMENT);
        }
        byte[] mine = record();
        byte[] theirs = older.record();
        byte[] joined = join.join(theirs, mine);
        if (joined == mine) {
            return new StoredEntry(place, older.kind, mine, pointer, source);
        }
        return joined == theirs
                ? new StoredEntry(place, older.kind, theirs, older.pointer, older.source)
                : new StoredEntry(place, older.kind, joined);
    }

    /** The record, empty for a removal. Reads a file when the entry is not in memory. */
    public Optional<byte[]> live() {
        return kind.hasRecord() ? Optional.of(record()) : Optional.empty();
    }
}

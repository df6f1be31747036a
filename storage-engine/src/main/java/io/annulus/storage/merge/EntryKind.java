package io.annulus.storage.merge;

/** What an entry says of older entries of its key. */
public enum EntryKind {
    /** A record that joins with what is older. */
    RECORD(0),
    /** A record that hides what is older: it was appended after a removal. */
    REPLACEMENT(1),
    /** No record, and what is older is hidden: the key was removed. */
    REMOVAL(2);

    private final int code;

    EntryKind(int code) {
        this.code = code;
    }

    /** Its number on disk. */
    public int code() {
        return code;
    }

    /** Whether older entries of the key count for nothing. */
    public boolean hidesOlder() {
        return this != RECORD;
    }

    /** Whether there is a record. */
    public boolean hasRecord() {
        return this != REMOVAL;
    }

    /**
     * The kind of a number on disk.
     *
     * @throws IllegalArgumentException when there is none
     */
    public static EntryKind of(int code) {
        return switch (code) {
            case 0 -> RECORD;
            case 1 -> REPLACEMENT;
            case 2 -> REMOVAL;
            default -> throw new IllegalArgumentException("kind " + code + " of an entry is not 0, 1 or 2");
        };
    }
}

package io.annulus.storage.log;

import io.annulus.storage.merge.StoredEntry;

/** What a frame of the log says. */
public enum FrameKind {
    /** The name of a table that the segment uses from here on. */
    TABLE,
    /** A record to be joined into a table. */
    RECORD,
    /** The removal of a key. */
    REMOVAL,
    /** The segment was closed in order; nothing follows. */
    END,
    /** Nothing but what every frame says: up to where the log had been synced. */
    MARK,
    /** A record to be joined into a table, which lies in the value file beside the segment: the frame holds the pointer. */
    VALUE;

    private static final FrameKind[] KINDS = values();

    /** Its number on disk. */
    int code() {
        return ordinal();
    }

    /** Whether a table holds what it says. */
    public boolean isEntry() {
        return this == RECORD || this == REMOVAL || this == VALUE;
    }

    /** What a frame says of an entry. */
    public static FrameKind of(StoredEntry entry) {
        if (!entry.kind().hasRecord()) {
            return REMOVAL;
        }
        return entry.pointer().isPresent() ? VALUE : RECORD;
    }

    static FrameKind of(int code) {
        if (code < 0 || code >= KINDS.length) {
            throw new IllegalArgumentException("kind " + code + " of a log frame is not 0 to " + (KINDS.length - 1));
        }
        return KINDS[code];
    }
}

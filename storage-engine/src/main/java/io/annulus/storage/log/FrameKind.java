package io.annulus.storage.log;

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
    MARK;

    private static final FrameKind[] KINDS = values();

    /** Its number on disk. */
    int code() {
        return ordinal();
    }

    /** Whether a table holds what it says. */
    public boolean isEntry() {
        return this == RECORD || this == REMOVAL;
    }

    static FrameKind of(int code) {
        if (code < 0 || code >= KINDS.length) {
            throw new IllegalArgumentException("kind " + code + " of a log frame is not 0 to " + (KINDS.length - 1));
        }
        return KINDS[code];
    }
}

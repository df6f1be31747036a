package io.annulus.storage.quarantine;

import java.util.Objects;

/**
 * A range of a sorted table that cannot be read.
 *
 * @param table number of the table
 * @param file number of the sorted table
 * @param range its tokens
 * @param sequence last sequence of the sorted table
 * @param cause one sentence
 */
public record DamagedRange(int table, long file, TokenRange range, long sequence, String cause) {

    private static final int MOST_CAUSE = 1000;

    public DamagedRange {
        Objects.requireNonNull(range, "range");
        cause = cause.length() > MOST_CAUSE ? cause.substring(0, MOST_CAUSE) : cause;
    }

    /** Whether it is of the same file. */
    boolean isOfFileOf(DamagedRange other) {
        return file == other.file;
    }

    /** This one over both ranges. */
    DamagedRange spanning(DamagedRange other) {
        return new DamagedRange(table, file, range.span(other.range), sequence, cause);
    }

    /** A part of it. */
    DamagedRange part(TokenRange of) {
        return new DamagedRange(table, file, of, sequence, cause);
    }
}

package io.annulus.storage.quarantine;

import java.util.Objects;

/**
 * A range of a table that was made good: what sorted tables up to a sequence of the log hold of it counts no more. A merge of
 * such a table with newer ones leaves the range out, so that nothing that was hidden comes back.
 *
 * @param table number of the table
 * @param range its tokens
 * @param sequence last sequence of the damaged sorted table
 */
public record HealedRange(int table, TokenRange range, long sequence) {

    public HealedRange {
        Objects.requireNonNull(range, "range");
    }
}

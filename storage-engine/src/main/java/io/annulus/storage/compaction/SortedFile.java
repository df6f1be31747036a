package io.annulus.storage.compaction;

import io.annulus.api.ring.Token;
import java.util.Objects;

/**
 * What the choice of a merge goes by: one sorted table.
 *
 * @param first its first token
 * @param last its last token
 * @param bytes its length
 * @param free whether it may be merged; not when it is damaged or being merged
 */
public record SortedFile(Token first, Token last, long bytes, boolean free) {

    public SortedFile {
        Objects.requireNonNull(first, "first");
        Objects.requireNonNull(last, "last");
    }

    boolean overlaps(SortedFile other) {
        return last.compareTo(other.first) >= 0 && other.last.compareTo(first) >= 0;
    }

    boolean overlaps(Arc arc) {
        return last.compareTo(arc.first()) >= 0 && arc.last().compareTo(first) >= 0;
    }
}

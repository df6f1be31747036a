package io.annulus.storage.sstable;

import io.annulus.storage.merge.StoredEntry;
import java.util.Objects;
import java.util.Optional;

/**
 * What a block says of a key.
 *
 * @param entry its entry; empty when the block has none, or was not at hand
 * @param isMissing whether the block was not at hand
 */
public record Answer(Optional<StoredEntry> entry, boolean isMissing) {

    /** The block is not in memory, or its file is gone. */
    public static final Answer MISSING = new Answer(Optional.empty(), true);

    private static final Answer NONE = new Answer(Optional.empty(), false);

    public Answer {
        Objects.requireNonNull(entry, "entry");
    }

    /** Of a block that was at hand. */
    public static Answer of(Optional<StoredEntry> entry) {
        return entry.isEmpty() ? NONE : new Answer(entry, false);
    }
}

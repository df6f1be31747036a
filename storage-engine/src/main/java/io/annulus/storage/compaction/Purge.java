package io.annulus.storage.compaction;

import io.annulus.storage.merge.StoredEntry;
import java.util.Optional;

/** What a merge leaves out; called on the thread of the merge. */
@FunctionalInterface
public interface Purge {

    /** What is kept of an entry that the merge came to; empty for nothing. */
    Optional<StoredEntry> kept(StoredEntry entry);
}

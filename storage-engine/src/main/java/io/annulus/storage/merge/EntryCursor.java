package io.annulus.storage.merge;

import java.io.IOException;

/** Walks a sorted run; one thread. Damaged data ends it with a {@code CorruptDataException}. */
public interface EntryCursor {

    /** Moves to the next entry; false at the end. */
    boolean next() throws IOException;

    /** The entry it is at. */
    StoredEntry entry();
}

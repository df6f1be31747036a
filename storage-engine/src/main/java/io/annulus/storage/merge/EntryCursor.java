package io.annulus.storage.merge;

import java.io.IOException;

/** Walks a sorted run; one thread. Damaged data ends it with a {@code CorruptDataException}. */
public interface EntryCursor {

    /** A run without entries. */
    EntryCursor EMPTY = new EntryCursor() {
        @Override
        public boolean next() {
            return false;
        }

        @Override
        public StoredEntry entry() {
            throw new IllegalStateException("a run without entries has none");
        }
    };

    /** Moves to the next entry; false at the end. */
    boolean next() throws IOException;

    /** The entry it is at. */
    StoredEntry entry();
}

package io.annulus.storage;

import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Durability;
import io.annulus.storage.log.SegmentWriter;
import io.annulus.storage.merge.StoredEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/**
 * A write on its way.
 *
 * @param table where it goes
 * @param entry what is written
 * @param durability what must have become of it before it is acknowledged
 * @param completion told on the loop what became of it
 */
record PendingWrite(LsmTable table, StoredEntry entry, Durability durability, Completion<Durability> completion) {

    /** The same write of an entry as it was placed. */
    PendingWrite with(StoredEntry placed) {
        return placed == entry ? this : new PendingWrite(table, placed, durability, completion);
    }

    long bytes() {
        return SegmentWriter.frameBytes(entry.place(), entry.record());
    }

    /** Takes all that waits. */
    static List<PendingWrite> takeAll(Queue<PendingWrite> from) {
        List<PendingWrite> all = new ArrayList<>();
        for (PendingWrite next = from.poll(); next != null; next = from.poll()) {
            all.add(next);
        }
        return all;
    }
}

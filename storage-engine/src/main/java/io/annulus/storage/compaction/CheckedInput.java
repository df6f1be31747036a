package io.annulus.storage.compaction;

import io.annulus.api.version.CorruptRecordException;
import io.annulus.api.version.RecordJoin;
import io.annulus.storage.merge.EntryCursor;
import io.annulus.storage.merge.StoredEntry;
import io.annulus.storage.sstable.SSTable;
import java.io.IOException;

/**
 * An input of a merge whose records are checked one by one against their own checksums: a join may leave a damaged one out
 * without a word. What a healed range hides is left out. One thread.
 */
final class CheckedInput implements EntryCursor {

    private final SSTable table;
    private final EntryCursor entries;
    private final RecordJoin join;

    CheckedInput(SSTable table, RecordJoin join) {
        this.table = table;
        this.entries = table.mergeCursor();
        this.join = join;
    }

    @Override
    public boolean next() throws IOException {
        boolean more = entries.next();
        // A large record moves by its pointer; its frame is checked when it is read.
        if (more && entries.entry().kind().hasRecord() && entries.entry().isInMemory()) {
            check(entries.entry());
        }
        return more;
    }

    @Override
    public StoredEntry entry() {
        return entries.entry();
    }

    private void check(StoredEntry entry) {
        try {
            join.verify(entry.record());
        } catch (CorruptRecordException e) {
            throw table.rejected(entry.place(), e);
        }
    }
}

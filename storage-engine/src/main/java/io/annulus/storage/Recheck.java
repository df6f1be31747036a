package io.annulus.storage;

import io.annulus.api.storage.CorruptDataException;
import io.annulus.api.version.CorruptRecordException;
import io.annulus.storage.merge.EntryCursor;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.merge.StoredEntry;
import io.annulus.storage.quarantine.DamagedRange;
import io.annulus.storage.quarantine.TokenRange;
import io.annulus.storage.quarantine.TokenRanges;
import io.annulus.storage.sstable.SSTable;
import java.io.IOException;

/**
 * Reads again what a former life had found damaged: either it is damaged still, and whoever listens is told, or the disk
 * gives it now. Runs on the store thread.
 *
 * @param table whose damage it is
 * @param quarantine where it was kept
 */
record Recheck(LsmTable table, Quarantine quarantine) implements Runnable {

    @Override
    public void run() {
        for (DamagedRange kept : quarantine.openIn(table.number(), TokenRange.ALL)) {
            table.view().sstables().stream()
                    .filter(sstable -> sstable.info().number() == kept.file() && sstable.retain())
                    .forEach(sstable -> recheck(sstable, kept));
        }
    }

    private void recheck(SSTable sstable, DamagedRange kept) {
        try {
            // A table that cannot be opened as a whole was found damaged again by now.
            boolean isWhole = kept.range().equals(sstable.range());
            if (isWhole ? sstable.damage().isEmpty() : isSound(sstable, kept.range())) {
                quarantine.forget(kept);
            }
        } finally {
            sstable.release();
        }
    }

    private boolean isSound(SSTable sstable, TokenRange range) {
        try {
            EntryCursor entries = sstable.cursor(EntryKey.first(range.from()), range.to(), TokenRanges.NONE);
            while (entries.next() && range.contains(entries.entry().place().token())) {
                verify(sstable, entries.entry());
            }
            return true;
        } catch (IOException | CorruptDataException e) {
            // The table took note of it, and whoever reads there is told.
            return false;
        }
    }

    private void verify(SSTable sstable, StoredEntry entry) {
        try {
            if (entry.kind().hasRecord()) {
                table.join().verify(entry.record());
            }
        } catch (CorruptRecordException e) {
            throw sstable.rejected(entry.place(), e);
        }
    }
}

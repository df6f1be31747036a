package io.annulus.storage.compaction;

import io.annulus.api.version.RecordJoin;
import io.annulus.storage.file.Directory;
import io.annulus.storage.file.OutputFile;
import io.annulus.storage.job.RunningJob;
import io.annulus.storage.merge.EntryCursor;
import io.annulus.storage.merge.EntryKind;
import io.annulus.storage.merge.MergeCursor;
import io.annulus.storage.merge.StoredEntry;
import io.annulus.storage.sstable.BlockCodec;
import io.annulus.storage.sstable.SSTable;
import io.annulus.storage.sstable.SSTableInfo;
import io.annulus.storage.sstable.SSTableSpec;
import io.annulus.storage.sstable.SSTableWriter;
import io.annulus.storage.value.ValueSink;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;

/**
 * One merge of neighbouring runs into one; runs on the compaction thread and changes nothing that is read.
 *
 * @param inputs the runs, newest first, retained by the caller
 * @param withOldest whether nothing older than the inputs exists
 * @param spec of the new run
 * @param join joins two records of one key
 */
public record Compaction(List<SSTable> inputs, boolean withOldest, SSTableSpec spec, RecordJoin join) {

    private static final int BYTES_PER_CHECK = 1 << 20;

    public Compaction {
        inputs = List.copyOf(inputs);
    }

    /** Entries of all inputs. */
    public long inputEntries() {
        return inputs.stream().mapToLong(input -> input.info().entries()).sum();
    }

    /** Bytes of all inputs. */
    public long inputBytes() {
        return inputs.stream().mapToLong(input -> input.info().sizeBytes()).sum();
    }

    /**
     * Merges, and syncs the new file but not its directory.
     *
     * @param values takes the large records; closed at the end in any case
     * @param progress advanced by entries of the inputs, and asked now and then whether it was cancelled
     * @param mayGoOn asked now and then
     * @return the new run; empty when no entry was left, and then there is no file
     * @throws CancellationException when it was cancelled
     * @throws io.annulus.api.storage.CorruptDataException when an input is damaged
     * @throws io.annulus.api.version.CorruptRecordException when a record in an input is damaged
     */
    public Optional<SSTableInfo> run(
            Directory directory, BlockCodec codec, ValueSink values, RunningJob progress, BooleanSupplier mayGoOn)
            throws IOException {
        requireMayGoOn(progress, mayGoOn);
        String name = SSTableInfo.fileName(spec.number());
        boolean kept = false;
        try (values;
                OutputFile file = directory.create(name)) {
            SSTableWriter writer = new SSTableWriter(spec, file, codec);
            merge(writer, values, progress, mayGoOn);
            if (writer.isEmpty()) {
                return Optional.empty();
            }
            SSTableInfo info = writer.finish();
            values.finish();
            kept = true;
            return Optional.of(info);
        } finally {
            if (!kept) {
                directory.delete(name);
            }
        }
    }

    private void merge(SSTableWriter writer, ValueSink values, RunningJob progress, BooleanSupplier mayGoOn)
            throws IOException {
        List<EntryCursor> cursors = inputs.stream()
                .map(input -> counted(new CheckedInput(input, join), progress))
                .toList();
        MergeCursor merged = new MergeCursor(cursors, join);
        int sinceCheck = 0;
        while (merged.next()) {
            if (sinceCheck >= BYTES_PER_CHECK) {
                requireMayGoOn(progress, mayGoOn);
            }
            StoredEntry entry = values.placed(merged.entry());
            int size = entry.isInMemory() ? entry.record().length : entry.storedBytes();
            sinceCheck = sinceCheck >= BYTES_PER_CHECK ? 0 : sinceCheck;
            sinceCheck += entry.place().key().length + size;
            // A pointer moves on without its record, which is checked whenever it is read.
            if (entry.kind().hasRecord() && entry.isInMemory()) {
                join.verify(entry.record());
            }
            if (!withOldest) {
                writer.add(entry);
            } else if (entry.kind().hasRecord()) {
                writer.add(entry.with(EntryKind.RECORD));
            }
        }
    }

    private void requireMayGoOn(RunningJob progress, BooleanSupplier mayGoOn) {
        if (progress.isCancelAsked() || !mayGoOn.getAsBoolean()) {
            throw new CancellationException("compaction of table " + spec.tableName() + " was given up");
        }
    }

    private static EntryCursor counted(EntryCursor input, RunningJob progress) {
        return new EntryCursor() {
            @Override
            public boolean next() throws IOException {
                boolean more = input.next();
                if (more) {
                    progress.advance(1);
                }
                return more;
            }

            @Override
            public StoredEntry entry() {
                return input.entry();
            }
        };
    }
}

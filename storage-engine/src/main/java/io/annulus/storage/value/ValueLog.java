package io.annulus.storage.value;

import io.annulus.storage.file.Directory;
import io.annulus.storage.merge.StoredEntry;
import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;

/**
 * The value file beside the segment of the commit log that is being written: it takes the large records, and the log their
 * pointers, so that each is written once. Owned by whoever writes the log, but for {@link #sync}, which may run beside the
 * others. After an exception it is of no more use.
 */
public final class ValueLog implements Closeable {

    private final Directory directory;
    private final Packing packing;
    private final long segment;
    private final int directBytes;

    /** Set by who writes, read by who syncs. */
    private volatile Optional<ValueFileWriter> writer = Optional.empty();

    /** Set by who writes, cleared by who syncs, before the sync. */
    private volatile boolean isDirty;

    /** Owned by who syncs. */
    private boolean isFindable;

    ValueLog(Directory directory, Packing packing, long segment, int directBytes) {
        this.directory = directory;
        this.packing = packing;
        this.segment = segment;
        this.directBytes = directBytes;
    }

    /** Number of the value file beside a segment. */
    public static long fileOf(long segment) {
        return -segment;
    }

    /** The greatest number of a segment beside which one of the files was written; 0 when none was. */
    public static long lastSegment(Collection<ValueUse> uses) {
        return uses.stream()
                .mapToLong(use -> -use.file())
                .filter(segment -> segment > 0)
                .max()
                .orElse(0);
    }

    /** The entry as the log is to keep it: a large record is written to the value file, and stays in memory too. */
    public StoredEntry placed(StoredEntry entry) throws IOException {
        if (!entry.kind().hasRecord() || entry.record().length < directBytes) {
            return entry;
        }
        if (writer.isEmpty()) {
            writer = Optional.of(new ValueFileWriter(directory, fileOf(segment), packing));
        }
        StoredEntry placed = entry.storedAt(writer.get().add(entry.place(), entry.record()));
        isDirty = true;
        return placed;
    }

    /** Makes all records that were placed before durable. */
    public void sync() throws IOException {
        if (!isDirty) {
            return;
        }
        isDirty = false;
        writer.orElseThrow().sync();
        if (!isFindable) {
            directory.sync();
            isFindable = true;
        }
    }

    /** Bytes that were written. */
    public long sizeBytes() {
        return writer.map(ValueFileWriter::sizeBytes).orElse(0L);
    }

    @Override
    public void close() throws IOException {
        if (writer.isPresent()) {
            writer.get().close();
        }
    }
}

package io.annulus.storage.value;

import io.annulus.api.storage.Compression;
import io.annulus.storage.file.Directory;
import io.annulus.storage.file.ScarceException;
import io.annulus.storage.merge.StoredEntry;
import java.io.Closeable;
import java.io.IOException;
import java.util.Collection;
import java.util.Optional;

/**
 * The value file beside the segment of the commit log that is being written: it takes the large records, and the log their
 * pointers, so that each is written once. Owned by whoever writes the log, but for {@link #sync}, which may run beside the
 * others. After an exception but {@link ScarceException} it is of no more use.
 */
public final class ValueLog implements Closeable {

    private final Directory directory;
    private final Packing packing;
    private final long segment;
    private final int directBytes;

    /** Set by who writes, read by who syncs. */
    private volatile Optional<ValueFileWriter> writer = Optional.empty();

    /** Whether the log may point to a value that is not synced; set by who writes, cleared by who syncs, before the sync. */
    private volatile boolean isNeeded;

    /** Set by who syncs, read by who writes: a sync found no room, so that large records go to the log itself. */
    private volatile boolean isGivenUp;

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

    /** Bytes that a record of an entry takes here at most; 0 for one that is not large. */
    public static long bytesOf(StoredEntry entry, int directBytes) {
        boolean isLarge = entry.kind().hasRecord() && entry.record().length >= directBytes;
        return isLarge ? ValueFormat.frameBytes(entry.place(), entry.record().length) : 0;
    }

    /**
     * The entry as the log is to keep it: a large record is written to the value file, and stays in memory too.
     *
     * @param compression of a large record
     * @param syncedFirst whether {@link #syncPlaced} comes before the log points there
     * @throws ScarceException when there is no room or descriptor for it: then nothing counts, and it may be tried again
     */
    public StoredEntry placed(StoredEntry entry, Compression compression, boolean syncedFirst) throws IOException {
        if (isGivenUp || bytesOf(entry, directBytes) == 0) {
            return entry;
        }
        if (writer.isEmpty()) {
            writer = Optional.of(new ValueFileWriter(directory, fileOf(segment), packing));
        }
        // Before and after the write: a sync that fails meanwhile is to see it, and one that does not is not to hide
        // it.
        need(syncedFirst);
        StoredEntry placed = entry.storedAt(writer.get().add(compression, entry.place(), entry.record()));
        need(syncedFirst);
        return placed;
    }

    private void need(boolean syncedFirst) {
        if (!syncedFirst) {
            isNeeded = true;
        }
    }

    /** Makes all records durable that were placed before and that the log points to. */
    public void sync() throws IOException {
        if (isNeeded) {
            syncPlaced();
        }
    }

    /**
     * Makes all records that were placed before durable.
     *
     * @throws ScarceException when there was no room for them, and the log points to none of those that may be lost
     */
    public void syncPlaced() throws IOException {
        boolean wasNeeded = isNeeded;
        isNeeded = false;
        try {
            writer.orElseThrow().sync();
        } catch (ScarceException e) {
            isGivenUp = true;
            if (wasNeeded || isNeeded) {
                throw new IOException("there was no room for values that the log points to: " + e.getMessage(), e);
            }
            throw e;
        }
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

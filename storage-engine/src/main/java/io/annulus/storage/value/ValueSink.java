package io.annulus.storage.value;

import io.annulus.api.storage.Compression;
import io.annulus.storage.file.Directory;
import io.annulus.storage.merge.StoredEntry;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/**
 * Decides where the records of a sorted table that is being written lie, and writes the large ones to a value file of the
 * table's number, which is made when the first one comes. One thread; unless it was finished, closing it deletes the file.
 */
public final class ValueSink implements Closeable {

    private final Directory directory;
    private final Packing packing;
    private final Compression compression;
    private final long number;
    private final int separateBytes;
    private final Set<Long> relocated;
    private Optional<ValueFileWriter> writer = Optional.empty();
    private boolean begun;
    private boolean finished;

    ValueSink(
            Directory directory,
            Packing packing,
            Compression compression,
            long number,
            int separateBytes,
            Set<Long> relocated) {
        this.directory = directory;
        this.packing = packing;
        this.compression = compression;
        this.number = number;
        this.separateBytes = separateBytes;
        this.relocated = Set.copyOf(relocated);
    }

    /** The entry as the sorted table is to keep it. Reads the record where it has to be copied. */
    public StoredEntry placed(StoredEntry entry) throws IOException {
        boolean stays = entry.pointer().isPresent()
                ? !relocated.contains(entry.pointer().get().file())
                : entry.storedBytes() < separateBytes;
        if (stays) {
            return entry;
        }
        if (writer.isEmpty()) {
            begun = true;
            writer = Optional.of(new ValueFileWriter(directory, number, packing));
        }
        return entry.storedAt(writer.get().add(compression, entry.place(), entry.record()));
    }

    /** Makes all that was written durable, and the file findable. */
    public void finish() throws IOException {
        if (writer.isPresent()) {
            writer.get().sync();
            directory.sync();
        }
        finished = true;
    }

    @Override
    public void close() throws IOException {
        if (writer.isPresent()) {
            writer.get().close();
        }
        // Also where the writer came to nothing: it may have made the file, and then met a full disk.
        if (begun && !finished) {
            directory.delete(ValueFile.fileName(number));
        }
    }
}

package io.annulus.storage.stranger;

import io.annulus.storage.stranger.StrangersLog.Logged;
import io.annulus.storage.stranger.StrangersManifest.FileInfo;
import io.annulus.storage.stranger.StrangersManifest.TableFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/** Reads what a data directory holds. */
final class StrangersReader {

    private static final Comparator<byte[]> BY_PLACE = Arrays::compareUnsigned;

    private final Path directory;
    private final BinaryOperator<byte[]> join;
    private int filesRead;
    private int framesRead;

    /** A directory that nobody writes to, and how two of its records become one. */
    StrangersReader(Path directory, BinaryOperator<byte[]> join) {
        this.directory = directory;
        this.join = join;
    }

    /** The records of a table, by token and key. */
    NavigableMap<byte[], byte[]> read(String tableName) throws IOException {
        NavigableMap<byte[], byte[]> rows = new TreeMap<>(BY_PLACE);
        long flushed = 0;
        for (TableFiles table : StrangersManifest.read(directory).tables().values()) {
            if (table.name().equals(tableName)) {
                flushed = table.flushedSequence();
                List<FileInfo> files = table.files();
                for (int i = files.size() - 1; i >= 0; i--) {
                    StrangersTable.read(directory, files.get(i), tableName).forEach(row -> apply(row, rows));
                    filesRead++;
                }
            }
        }
        for (Logged logged : StrangersLog.read(directory)) {
            if (logged.table().equals(tableName) && logged.sequence() > flushed) {
                apply(logged.row(), rows);
                framesRead++;
            }
        }
        return rows;
    }

    /** Sorted tables that were read. */
    int filesRead() {
        return filesRead;
    }

    /** Frames of the log that were read, and are in no sorted table. */
    int framesRead() {
        return framesRead;
    }

    private void apply(Row row, NavigableMap<byte[], byte[]> rows) {
        switch (row.kind()) {
            case 0 -> rows.merge(row.place(), row.record(), join);
            case 1 -> rows.put(row.place(), row.record());
            case 2 -> rows.remove(row.place());
            default -> Bytes.require(false, "kind of an entry");
        }
    }
}

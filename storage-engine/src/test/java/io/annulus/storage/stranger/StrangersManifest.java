package io.annulus.storage.stranger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The file "manifest".
 *
 * @param tables by number
 */
record StrangersManifest(Map<Integer, TableFiles> tables) {

    /**
     * A table.
     *
     * @param flushedSequence up to it, records are in the files
     * @param files newest first
     */
    record TableFiles(String name, long flushedSequence, List<FileInfo> files) {}

    /** A sorted table, as the manifest knows it. */
    record FileInfo(long number, long size, long entries, long removals, byte[] first, byte[] last) {}

    static StrangersManifest read(Path directory) throws IOException {
        ByteBuffer from = Bytes.content(directory.resolve("manifest"));
        Bytes.require(from.getInt() == 2, "version of the manifest");
        // Next file number, last log sequence, last log segment.
        Bytes.take(from, 3 * Long.BYTES);
        Map<Integer, TableFiles> tables = new TreeMap<>();
        for (int left = from.getInt(); left > 0; left--) {
            tables.put(from.getInt(), table(from));
        }
        Bytes.require(from.getInt() == 0, "number of damaged ranges");
        Bytes.require(from.getInt() == 0, "number of healed ranges");
        Bytes.require(!from.hasRemaining(), "end of the manifest");
        return new StrangersManifest(tables);
    }

    private static TableFiles table(ByteBuffer from) {
        String name = Bytes.text(from);
        long flushedSequence = from.getLong();
        List<FileInfo> files = new ArrayList<>();
        for (int left = from.getInt(); left > 0; left--) {
            files.add(new FileInfo(
                    from.getLong(),
                    from.getLong(),
                    from.getLong(),
                    from.getLong(),
                    Bytes.take(from, 16),
                    Bytes.take(from, 16)));
            // First and last sequence, then the value files that are pointed to.
            Bytes.take(from, 2 * Long.BYTES);
            Bytes.take(from, 3 * Long.BYTES * from.getInt());
        }
        return new TableFiles(name, flushedSequence, files);
    }
}

package io.annulus.storage.snapshot;

import io.annulus.storage.StorageOpenException;
import io.annulus.storage.file.CheckedFile;
import io.annulus.storage.file.Directory;
import io.annulus.storage.identity.Identity;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The content of the file "snapshot". Immutable.
 *
 * @param name of the snapshot
 * @param lastSequence of the log: later records are not in it
 * @param files sizes of all other files, by path
 */
public record SnapshotList(String name, long lastSequence, SortedMap<String, Long> files) {

    /** Name of the file. */
    public static final String FILE = "snapshot";

    private static final int VERSION = 1;

    public SnapshotList {
        Objects.requireNonNull(name, "name");
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /** The list in a directory; empty when there is none. */
    public static Optional<SnapshotList> read(Directory directory) throws IOException {
        Optional<byte[]> content = CheckedFile.read(directory, FILE);
        return content.isEmpty() ? Optional.empty() : Optional.of(decode(directory, content.get()));
    }

    /** Bytes of all files. */
    public long bytes() {
        return files.values().stream().mapToLong(Long::longValue).sum();
    }

    void write(Directory directory) throws IOException {
        CheckedFile.replace(directory, FILE, encode());
    }

    private byte[] encode() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(VERSION);
        out.writeInt(Identity.FORMAT);
        write(out, name);
        out.writeLong(lastSequence);
        out.writeInt(files.size());
        for (SortedMap.Entry<String, Long> file : files.entrySet()) {
            write(out, file.getKey());
            out.writeLong(file.getValue());
        }
        return bytes.toByteArray();
    }

    private static SnapshotList decode(Directory directory, byte[] content) {
        ByteBuffer from = ByteBuffer.wrap(content);
        int version = from.getInt();
        int format = from.getInt();
        if (version != VERSION || format > Identity.FORMAT) {
            throw new StorageOpenException("the snapshot in " + directory.path() + " has version " + version
                    + " and holds a data directory of format version " + format + ", this build reads versions "
                    + VERSION
                    + " and " + Identity.FORMAT + "; start the build that wrote it");
        }
        String name = text(from);
        long lastSequence = from.getLong();
        SortedMap<String, Long> files = new TreeMap<>();
        for (int left = from.getInt(); left > 0; left--) {
            files.put(text(from), from.getLong());
        }
        return new SnapshotList(name, lastSequence, files);
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(ByteBuffer from) {
        byte[] bytes = new byte[from.getInt()];
        from.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}

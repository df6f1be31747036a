package io.annulus.storage.file;

import io.annulus.api.storage.CorruptDataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Reads and replaces small checksummed files; the format is in the description of this package. */
public final class CheckedFile {

    /** Ends the names of files that were not finished. */
    public static final String TEMPORARY = ".tmp";

    private static final int MAGIC = 0x414e4e46;
    private static final int OVERHEAD = 12;

    private CheckedFile() {}

    /**
     * The content of a file; empty when there is no such file.
     *
     * @throws CorruptDataException when it is damaged
     */
    public static Optional<byte[]> read(Directory directory, String name) throws IOException {
        if (!directory.list().contains(name)) {
            return Optional.empty();
        }
        try (InputFile file = directory.open(name)) {
            long size = file.size();
            if (size < OVERHEAD || size > Integer.MAX_VALUE - OVERHEAD) {
                throw damaged(directory, name, "has " + size + " bytes");
            }
            checkHeader(directory, name, file, size);
            ByteBuffer bytes = ByteBuffer.allocate((int) size);
            file.read(0, bytes);
            return Optional.of(content(directory, name, bytes.flip()));
        }
    }

    /** Replaces a file durably. */
    public static void replace(Directory directory, String name, byte[] content) throws IOException {
        String temporary = name + TEMPORARY;
        directory.delete(temporary);
        try (OutputFile file = directory.create(temporary)) {
            file.write(framed(name, content));
            file.sync();
        }
        directory.rename(temporary, name);
        directory.sync();
    }

    private static ByteBuffer framed(String name, byte[] content) {
        ByteBuffer bytes = ByteBuffer.allocate(content.length + OVERHEAD);
        bytes.putInt(MAGIC).putInt(content.length).put(content);
        bytes.putInt(crc(name, bytes.duplicate().flip()));
        return bytes.flip();
    }

    /** Before all of it is read: how much that is must not depend on damage. */
    private static void checkHeader(Directory directory, String name, InputFile file, long size) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(Long.BYTES);
        file.read(0, header);
        if (header.getInt(0) != MAGIC || header.getInt(4) != size - OVERHEAD) {
            throw damaged(directory, name, "does not begin as it should");
        }
    }

    private static byte[] content(Directory directory, String name, ByteBuffer bytes) {
        int length = bytes.getInt(4);
        if (bytes.getInt(0) != MAGIC || length != bytes.limit() - OVERHEAD) {
            throw damaged(directory, name, "does not begin as it should");
        }
        if (crc(name, bytes.slice(0, bytes.limit() - 4)) != bytes.getInt(bytes.limit() - 4)) {
            throw damaged(directory, name, "does not match its checksum");
        }
        byte[] content = new byte[length];
        bytes.get(8, content);
        return content;
    }

    private static int crc(String name, ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(name.getBytes(StandardCharsets.UTF_8));
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static CorruptDataException damaged(Directory directory, String name, String how) {
        return new CorruptDataException("file " + name + " in " + directory.path() + " " + how
                + "; restore the data directory from a backup, or start with an empty one");
    }
}

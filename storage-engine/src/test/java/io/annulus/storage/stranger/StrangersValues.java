package io.annulus.storage.stranger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * The files of the folder "values".
 *
 * @param directory the data directory
 */
record StrangersValues(Path directory) {

    private static final int HEADER_BYTES = 20;

    /** The record that a pointer of an entry leads to. */
    byte[] read(byte[] token, byte[] key, ByteBuffer pointer) throws IOException {
        long number = pointer.getLong();
        int offset = (int) pointer.getLong();
        int length = pointer.getInt();
        Path path = path(number);
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(path));
        requireHeader(file, number);
        ByteBuffer frame = file.slice(offset, length);
        int crc = frame.getInt();
        Bytes.require(crc == pointer.getInt(), "checksum in the pointer to " + path);
        Bytes.require(Bytes.crc(place(number, offset), frame.slice(4, length - 4)) == crc, "checksum in " + path);
        Bytes.require(frame.getInt() == length, "length of a frame of " + path);
        Bytes.require(Arrays.equals(Bytes.take(frame, 16), token), "token of a frame of " + path);
        Bytes.require(Arrays.equals(Bytes.take(frame, frame.getInt()), key), "key of a frame of " + path);
        ByteBuffer record = StrangersTable.unpacked(frame);
        return Bytes.take(record, record.remaining());
    }

    /** Whether the file that a pointer leads to is there. */
    boolean has(ByteBuffer pointer) {
        return Files.exists(path(pointer.getLong(pointer.position())));
    }

    private Path path(long number) {
        String name = String.format(Locale.ROOT, number < 0 ? "log-%010d.val" : "%010d.val", Math.abs(number));
        return directory.resolve("values").resolve(name);
    }

    private static void requireHeader(ByteBuffer file, long number) {
        Bytes.require(file.getInt(0) == 0x414e5631, "magic ANV1");
        Bytes.require(file.getInt(4) == 1, "version of a value file");
        Bytes.require(file.getLong(8) == number, "number of a value file");
        Bytes.require(
                Bytes.crc(place(number, 0), file.slice(0, HEADER_BYTES - 4)) == file.getInt(HEADER_BYTES - 4),
                "checksum of the head of a value file");
    }

    private static ByteBuffer place(long number, long offset) {
        return ByteBuffer.allocate(16).putLong(number).putLong(offset).flip();
    }
}

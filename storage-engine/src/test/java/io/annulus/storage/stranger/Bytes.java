package io.annulus.storage.stranger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** What all formats have in common. */
final class Bytes {

    private Bytes() {}

    /** CRC32C over parts behind each other. */
    static int crc(ByteBuffer... parts) {
        CRC32C crc = new CRC32C();
        for (ByteBuffer part : parts) {
            crc.update(part.duplicate());
        }
        return (int) crc.getValue();
    }

    /** 4 + n bytes of UTF-8. */
    static String text(ByteBuffer from) {
        return new String(take(from, from.getInt()), StandardCharsets.UTF_8);
    }

    /** 1 to 9 bytes of seven bits each, lowest first; -1 when there is none. */
    static long number(ByteBuffer from) {
        long value = 0;
        for (int i = 0; i < 9 && from.hasRemaining(); i++) {
            int part = from.get();
            value += (long) (part & 127) << 7 * i;
            if (part >= 0) {
                return value;
            }
        }
        return -1;
    }

    static byte[] take(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }

    /** The content of a small file that is replaced as a whole. */
    static ByteBuffer content(Path path) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(path));
        int length = file.getInt(4);
        require(file.getInt(0) == 0x414e4e46, "magic ANNF of " + path);
        require(file.limit() == 12 + length, "length of " + path);
        ByteBuffer name = ByteBuffer.wrap(path.getFileName().toString().getBytes(StandardCharsets.UTF_8));
        require(crc(name, file.slice(0, 8 + length)) == file.getInt(8 + length), "checksum of " + path);
        return file.slice(8, length);
    }

    static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what + " is not as described");
        }
    }
}

package io.annulus.storage.sstable;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Checksums that cover whose bytes they are, and where they lie. */
final class Checksum {

    private Checksum() {}

    static int of(long file, long offset, ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(16).putLong(file).putLong(offset).flip());
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }
}

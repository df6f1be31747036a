package io.annulus.versioning;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** Little-endian numbers in arrays, and checksums. */
final class Bytes {

    /** Bytes of a checksum. */
    static final int CRC_BYTES = 4;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private Bytes() {}

    static long getLong(byte[] bytes, int offset) {
        return (long) LONG.get(bytes, offset);
    }

    static int getInt(byte[] bytes, int offset) {
        return (int) INT.get(bytes, offset);
    }

    static void putLong(byte[] bytes, int offset, long value) {
        LONG.set(bytes, offset, value);
    }

    static void putInt(byte[] bytes, int offset, int value) {
        INT.set(bytes, offset, value);
    }

    /** Writes the checksum of all other bytes into the last four. */
    static byte[] seal(byte[] bytes) {
        putInt(bytes, bytes.length - CRC_BYTES, crc(bytes));
        return bytes;
    }

    /** Whether the last four bytes are the checksum of the others. */
    static boolean isSealed(byte[] bytes) {
        return bytes.length >= CRC_BYTES && getInt(bytes, bytes.length - CRC_BYTES) == crc(bytes);
    }

    /** A 64-bit hash of the bytes; a chain of multiplications and rotations after MurmurHash3 (Appleby). */
    static long digest(byte[] bytes) {
        long hash = bytes.length;
        int offset = 0;
        for (; offset <= bytes.length - Long.BYTES; offset += Long.BYTES) {
            hash = mix(hash, getLong(bytes, offset));
        }
        long tail = 0;
        for (int i = bytes.length - 1; i >= offset; i--) {
            tail = tail << 8 | bytes[i] & 0xff;
        }
        hash = mix(hash, tail);
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }

    private static long mix(long hash, long block) {
        long mixed = Long.rotateLeft(block * 0x87c37b91114253d5L, 31) * 0x4cf5ad432745937fL;
        return Long.rotateLeft(hash ^ mixed, 27) * 5 + 0x52dce729;
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, bytes.length - CRC_BYTES);
        return (int) crc.getValue();
    }
}

package io.annulus.storage.stranger;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** MurmurHash3 x64 128 with seed 0, as Austin Appleby's MurmurHash3.cpp has it. */
final class StrangersHash {

    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;

    private StrangersHash() {}

    /** Both halves, big-endian. */
    static byte[] of(byte[] key) {
        // A last block that is not full counts as if zeros followed; h is mixed with it, and not rotated.
        ByteBuffer blocks = ByteBuffer.allocate(key.length / 16 * 16 + 16).order(ByteOrder.LITTLE_ENDIAN);
        blocks.put(key).clear();
        long h1 = 0;
        long h2 = 0;
        for (int block = 0; block < key.length / 16; block++) {
            h1 ^= Long.rotateLeft(blocks.getLong() * C1, 31) * C2;
            h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
            h2 ^= Long.rotateLeft(blocks.getLong() * C2, 33) * C1;
            h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
        }
        h1 ^= Long.rotateLeft(blocks.getLong() * C1, 31) * C2 ^ key.length;
        h2 ^= Long.rotateLeft(blocks.getLong() * C2, 33) * C1 ^ key.length;
        h1 += h2;
        h2 += h1;
        h1 = mixed(h1);
        h2 = mixed(h2);
        return ByteBuffer.allocate(16).putLong(h1 + h2).putLong(h1 + 2 * h2).array();
    }

    private static long mixed(long value) {
        long k = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
        k = (k ^ k >>> 33) * 0xc4ceb9fe1a85ec53L;
        return k ^ k >>> 33;
    }
}

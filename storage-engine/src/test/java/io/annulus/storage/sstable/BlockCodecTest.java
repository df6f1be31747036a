package io.annulus.storage.sstable;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.storage.Compression;
import io.annulus.storage.testkit.Seed;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.Test;

/** Blocks come back whatever they were packed with, and what cannot be packed is no longer than it was. */
class BlockCodecTest {

    private static final int HEADER_BYTES = 5;

    private final Random random = Seed.random("BlockCodecTest");
    private final BlockCodec codec = new BlockCodec(LZ4Factory.fastestInstance());

    @Test
    void everyCompressionComesBackFromHeapAndFromOutsideIt() {
        for (Compression compression : Compression.values()) {
            for (int length : new int[] {0, 1, 100, 4096, 300_000}) {
                for (byte[] plain : new byte[][] {noise(length), words(length), new byte[length]}) {
                    ByteBuffer packed = codec.pack(compression, plain, length);
                    assertTrue(packed.remaining() <= HEADER_BYTES + length, () -> compression + " of " + length);
                    ByteBuffer heap = ByteBuffer.wrap(bytes(packed));
                    ByteBuffer direct = ByteBuffer.allocateDirect(heap.limit())
                            .put(heap.duplicate())
                            .flip();
                    assertArrayEquals(plain, codec.unpack(heap), () -> compression + " of " + length);
                    assertArrayEquals(plain, codec.unpack(direct), () -> compression + " of " + length);
                }
            }
        }
    }

    @Test
    void theFirstByteSaysHowABlockIsPacked() {
        byte[] words = words(4096);
        assertEquals(0, codec.pack(Compression.NONE, words, 4096).get(0));
        assertEquals(1, codec.pack(Compression.LZ4, words, 4096).get(0));
        assertEquals(2, codec.pack(Compression.ZSTD, words, 4096).get(0));
        byte[] noise = noise(4096);
        assertEquals(0, codec.pack(Compression.ZSTD, noise, 4096).get(0));
        assertEquals(0, codec.pack(Compression.LZ4, noise, 4096).get(0));
    }

    @Test
    void zstandardIsSmallerThanLz4OfWords() {
        byte[] words = words(4096);
        int lz4 = codec.pack(Compression.LZ4, words, 4096).remaining();
        int zstd = codec.pack(Compression.ZSTD, words, 4096).remaining();
        assertTrue(zstd < lz4 * 9 / 10, zstd + " bytes of Zstandard, " + lz4 + " of LZ4");
    }

    @Test
    void aFrameOfAnotherLengthIsNone() {
        byte[] words = words(4096);
        for (int length : new int[] {0, 4095, 4097, 1 << 20, Integer.MAX_VALUE, -1}) {
            ByteBuffer packed = ByteBuffer.wrap(bytes(codec.pack(Compression.ZSTD, words, 4096)));
            packed.putInt(1, length);
            assertThrows(RuntimeException.class, () -> codec.unpack(packed), "length " + length);
        }
        assertArrayEquals(words, codec.unpack(codec.pack(Compression.ZSTD, words, 4096)));
    }

    private static byte[] bytes(ByteBuffer packed) {
        byte[] bytes = new byte[packed.remaining()];
        packed.get(bytes);
        return bytes;
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] words(int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(Integer.toString(7_654_321 * (1 + random.nextInt(200)), 26))
                    .append(' ');
        }
        return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }
}

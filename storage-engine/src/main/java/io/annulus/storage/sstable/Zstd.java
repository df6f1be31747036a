package io.annulus.storage.sstable;

import io.airlift.compress.MalformedInputException;
import io.airlift.compress.zstd.ZstdCompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.nio.ByteBuffer;

/** Zstandard (RFC 8878): what is packed is one frame, which says how long it is unpacked and ends with a checksum; any thread. */
final class Zstd {

    /** A block of a frame takes at least four bytes, its header and one that is repeated, and gives at most so many. */
    private static final int MOST_OF_BLOCK = 128 << 10;

    private static final int LEAST_BLOCK = 4;

    /** Magic, descriptor, window, dictionary, length of the content. */
    private static final int MOST_OF_HEADER = 4 + 1 + 1 + 4 + 8;

    private final ZstdCompressor compressor = new ZstdCompressor();

    /** They keep tables from one frame to the next. */
    private final ThreadLocal<ZstdDecompressor> decompressors = ThreadLocal.withInitial(ZstdDecompressor::new);

    int maxPackedBytes(int length) {
        return compressor.maxCompressedLength(length);
    }

    /** Packs the first bytes of an array to a place of another one, which has room; returns how many bytes they became. */
    int pack(byte[] plain, int length, byte[] target, int at) {
        return compressor.compress(plain, 0, length, target, at, target.length - at);
    }

    /**
     * How many bytes a frame gives, which fills the buffer from a place on; -1 where it does not say so, or its bytes cannot give so
     * many.
     */
    static long plainBytes(ByteBuffer from, int at) {
        int packed = from.limit() - at;
        byte[] header = new byte[Math.min(packed, MOST_OF_HEADER)];
        from.get(at, header);
        try {
            long length = ZstdDecompressor.getDecompressedSize(header, 0, header.length);
            return length <= (long) packed / LEAST_BLOCK * MOST_OF_BLOCK ? length : -1;
        } catch (MalformedInputException e) {
            throw new IllegalArgumentException("a block is no frame of Zstandard: " + e.getMessage(), e);
        }
    }

    /**
     * Unpacks what the buffer holds from a place to its end, and fills the other one.
     *
     * @throws IllegalArgumentException when it is no frame, or of another length
     */
    void unpack(ByteBuffer from, int at, ByteBuffer target) {
        try {
            decompressors.get().decompress(from.duplicate().position(at), target);
        } catch (MalformedInputException e) {
            throw new IllegalArgumentException("a block is no frame of Zstandard: " + e.getMessage(), e);
        }
        if (target.hasRemaining()) {
            throw new IllegalArgumentException("a frame of Zstandard is " + target.remaining() + " bytes short");
        }
    }
}

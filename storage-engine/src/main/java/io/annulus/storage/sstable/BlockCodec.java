package io.annulus.storage.sstable;

import io.annulus.api.storage.Compression;
import io.annulus.storage.value.Packing;
import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** Packs and unpacks blocks: compressed where that saves an eighth or more, else the plain bytes; any thread. */
public final class BlockCodec implements Packing {

    private static final byte PLAIN = 0;
    private static final byte LZ4 = 1;
    private static final byte ZSTD = 2;
    private static final int HEADER_BYTES = 5;
    private static final int BUFFER_BYTES = 64 << 10;

    /** What is larger gets a buffer of its own, which the thread does not keep. */
    private static final int MOST_BUFFER_BYTES = 512 << 10;

    private final LZ4Compressor compressor;
    private final LZ4SafeDecompressor decompressor;
    private final Zstd zstd = new Zstd();

    /** Packed blocks are read into it; outside the heap, so that the system writes there and LZ4 reads there. */
    private final ThreadLocal<ByteBuffer> buffers =
            ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(BUFFER_BYTES));

    /** What is read but once is unpacked into it: memory that is in the processor's cache already. */
    private final ThreadLocal<byte[]> arrays = ThreadLocal.withInitial(() -> new byte[BUFFER_BYTES]);

    /** A codec on an implementation of LZ4. */
    public BlockCodec(LZ4Factory lz4) {
        this.compressor = lz4.fastCompressor();
        this.decompressor = lz4.safeDecompressor();
    }

    @Override
    public ByteBuffer pack(Compression compression, byte[] plain, int length) {
        return switch (compression) {
            case NONE -> plain(plain, length);
            case LZ4 -> {
                byte[] packed = new byte[HEADER_BYTES + compressor.maxCompressedLength(length)];
                int size = compressor.compress(plain, 0, length, packed, HEADER_BYTES);
                yield shorter(LZ4, packed, size, plain, length);
            }
            case ZSTD -> {
                byte[] packed = new byte[HEADER_BYTES + zstd.maxPackedBytes(length)];
                int size = zstd.pack(plain, length, packed, HEADER_BYTES);
                yield shorter(ZSTD, packed, size, plain, length);
            }
        };
    }

    private static ByteBuffer shorter(byte codec, byte[] packed, int size, byte[] plain, int length) {
        boolean saves = size < length - length / 8;
        return saves ? block(codec, packed, size, length) : plain(plain, length);
    }

    private static ByteBuffer plain(byte[] plain, int length) {
        byte[] block = new byte[HEADER_BYTES + length];
        System.arraycopy(plain, 0, block, HEADER_BYTES, length);
        return block(PLAIN, block, length, length);
    }

    private static ByteBuffer block(byte codec, byte[] bytes, int size, int length) {
        return ByteBuffer.wrap(bytes, 0, HEADER_BYTES + size).put(0, codec).putInt(1, length);
    }

    @Override
    public ByteBuffer buffer(int length) {
        if (length > MOST_BUFFER_BYTES) {
            return ByteBuffer.allocate(length);
        }
        ByteBuffer buffer = buffers.get();
        if (buffer.capacity() < length) {
            buffer = ByteBuffer.allocateDirect(MOST_BUFFER_BYTES);
            buffers.set(buffer);
        }
        return buffer.clear().limit(length);
    }

    @Override
    public byte[] unpack(ByteBuffer block) {
        byte[] plain = new byte[plainBytes(block)];
        unpack(block, plain);
        return plain;
    }

    @Override
    public byte[] array(int length) {
        if (length > MOST_BUFFER_BYTES) {
            return new byte[length];
        }
        byte[] array = arrays.get();
        if (array.length < length) {
            array = new byte[MOST_BUFFER_BYTES];
            arrays.set(array);
        }
        return array;
    }

    @Override
    public int plainBytes(ByteBuffer block) {
        int length = block.getInt(1);
        int packed = block.limit() - HEADER_BYTES;
        // A byte of LZ4 gives 255 at most.
        boolean mayBe = block.get(0) == ZSTD
                ? Zstd.plainBytes(block, HEADER_BYTES) == length
                : length >= 0 && length <= 255L * packed;
        if (!mayBe) {
            throw new IllegalArgumentException(packed + " packed bytes cannot give " + length);
        }
        return length;
    }

    @Override
    public int unpack(ByteBuffer block, byte[] plain) {
        byte codec = block.get(0);
        int length = plainBytes(block);
        int packed = block.limit() - HEADER_BYTES;
        if (codec == PLAIN && length == packed) {
            block.get(HEADER_BYTES, plain, 0, length);
            return length;
        }
        if (codec == ZSTD) {
            zstd.unpack(block, HEADER_BYTES, ByteBuffer.wrap(plain, 0, length));
            return length;
        }
        int unpacked = codec == LZ4
                ? decompressor.decompress(block, HEADER_BYTES, packed, ByteBuffer.wrap(plain), 0, length)
                : -1;
        if (unpacked != length) {
            throw new IllegalArgumentException("codec " + codec + ", length " + length + " of a block");
        }
        return length;
    }
}

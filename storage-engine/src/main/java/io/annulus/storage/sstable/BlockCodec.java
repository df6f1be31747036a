package io.annulus.storage.sstable;

import java.nio.ByteBuffer;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;

/** Packs and unpacks blocks: LZ4 where it saves an eighth or more, else the plain bytes. Stateless; any thread. */
public final class BlockCodec {

    private static final byte PLAIN = 0;
    private static final byte LZ4 = 1;
    private static final int HEADER_BYTES = 5;

    private final LZ4Compressor compressor;
    private final LZ4SafeDecompressor decompressor;

    /** A codec on an implementation of LZ4. */
    public BlockCodec(LZ4Factory lz4) {
        this.compressor = lz4.fastCompressor();
        this.decompressor = lz4.safeDecompressor();
    }

    ByteBuffer pack(byte[] plain, int length) {
        byte[] packed = new byte[HEADER_BYTES + compressor.maxCompressedLength(length)];
        int size = compressor.compress(plain, 0, length, packed, HEADER_BYTES);
        boolean saves = size < length - length / 8;
        if (!saves) {
            System.arraycopy(plain, 0, packed, HEADER_BYTES, length);
        }
        ByteBuffer block = ByteBuffer.wrap(packed, 0, HEADER_BYTES + (saves ? size : length));
        return block.put(0, saves ? LZ4 : PLAIN).putInt(1, length);
    }

    /**
     * The plain bytes of a block.
     *
     * @throws RuntimeException when the block is not one
     */
    ByteBuffer unpack(ByteBuffer block) {
        byte codec = block.get(0);
        int length = block.getInt(1);
        int packed = block.limit() - HEADER_BYTES;
        if (codec == PLAIN && length == packed) {
            return block.slice(HEADER_BYTES, packed);
        }
        if (codec != LZ4 || length < 0) {
            throw new IllegalArgumentException("codec " + codec + ", length " + length + " of a block");
        }
        byte[] plain = new byte[length];
        int unpacked = decompressor.decompress(block.array(), HEADER_BYTES, packed, plain, 0);
        return ByteBuffer.wrap(plain, 0, unpacked);
    }
}

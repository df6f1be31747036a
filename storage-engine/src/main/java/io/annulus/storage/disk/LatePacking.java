package io.annulus.storage.disk;

import io.annulus.api.storage.Compression;
import io.annulus.storage.sstable.BlockCodec;
import io.annulus.storage.value.Packing;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** Packs as a codec does that is being made: who needs it before waits for it. Any thread. */
final class LatePacking implements Packing {

    private final CompletableFuture<BlockCodec> made = new CompletableFuture<>();

    /** It is made. */
    void is(BlockCodec codec) {
        made.complete(codec);
    }

    /** It cannot be made. */
    void failed(Throwable cause) {
        made.completeExceptionally(cause);
    }

    @Override
    public ByteBuffer pack(Compression compression, byte[] plain, int length) {
        return made.join().pack(compression, plain, length);
    }

    @Override
    public ByteBuffer buffer(int length) {
        return made.join().buffer(length);
    }

    @Override
    public byte[] unpack(ByteBuffer block) {
        return made.join().unpack(block);
    }

    @Override
    public int plainBytes(ByteBuffer block) {
        return made.join().plainBytes(block);
    }

    @Override
    public byte[] array(int length) {
        return made.join().array(length);
    }

    @Override
    public int unpack(ByteBuffer block, byte[] target) {
        return made.join().unpack(block, target);
    }
}

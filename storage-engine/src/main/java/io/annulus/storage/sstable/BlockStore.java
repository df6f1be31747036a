package io.annulus.storage.sstable;

import java.util.Objects;

/**
 * What all sorted tables of an engine share; any thread.
 *
 * @param codec packs and unpacks blocks
 * @param cache keeps unpacked ones
 * @param damages is told of damage
 */
public record BlockStore(BlockCodec codec, BlockCache cache, DamageSink damages) {

    public BlockStore {
        Objects.requireNonNull(codec, "codec");
        Objects.requireNonNull(cache, "cache");
        Objects.requireNonNull(damages, "damages");
    }

    /** Where nobody asks for damage. */
    public BlockStore(BlockCodec codec, BlockCache cache) {
        this(codec, cache, DamageSink.NONE);
    }
}

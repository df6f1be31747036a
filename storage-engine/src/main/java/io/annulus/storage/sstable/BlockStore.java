package io.annulus.storage.sstable;

import java.util.Objects;

/**
 * What all sorted tables of an engine share; any thread.
 *
 * @param codec packs and unpacks blocks
 * @param cache keeps unpacked ones
 */
public record BlockStore(BlockCodec codec, BlockCache cache) {

    public BlockStore {
        Objects.requireNonNull(codec, "codec");
        Objects.requireNonNull(cache, "cache");
    }
}

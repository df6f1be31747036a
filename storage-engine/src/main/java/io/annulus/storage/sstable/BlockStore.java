package io.annulus.storage.sstable;

import io.annulus.storage.cache.BlockCache;
import io.annulus.storage.value.ValueFiles;
import java.util.Objects;

/**
 * What all sorted tables of an engine share; any thread.
 *
 * @param codec packs and unpacks blocks
 * @param cache keeps unpacked ones
 * @param values large records
 * @param damages is told of damage
 */
public record BlockStore(BlockCodec codec, BlockCache cache, ValueFiles values, DamageSink damages) {

    public BlockStore {
        Objects.requireNonNull(codec, "codec");
        Objects.requireNonNull(cache, "cache");
        Objects.requireNonNull(values, "values");
        Objects.requireNonNull(damages, "damages");
    }

    /** Where nobody asks for damage. */
    public BlockStore(BlockCodec codec, BlockCache cache, ValueFiles values) {
        this(codec, cache, values, DamageSink.NONE);
    }
}

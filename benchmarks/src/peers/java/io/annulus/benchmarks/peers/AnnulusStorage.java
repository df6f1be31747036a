package io.annulus.benchmarks.peers;

import io.annulus.api.storage.Compression;
import io.annulus.api.storage.TableOptions;
import io.annulus.benchmarks.storage.BlockingStore;
import java.nio.file.Path;
import peers.storage.Engine;

/**
 * The storage engine as the harness of storage engines sees it; {@link BlockingStore} does the work. Compiled by
 * {@code benchmarks/storage} against a checkout of the harness, which is in no registry, and so not by the build.
 */
public final class AnnulusStorage implements Engine {

    private BlockingStore store;

    @Override
    public void open(Path dir, Settings settings) {
        store = BlockingStore.open(dir, settings.writeBufferBytes(), settings.blockCacheBytes(), options(settings));
    }

    @Override
    public void put(byte[] key, byte[] value) {
        store.put(key, value);
    }

    @Override
    public byte[] get(byte[] key) {
        return store.get(key).orElse(null);
    }

    @Override
    public void delete(byte[] key) {
        store.delete(key);
    }

    @Override
    public void flush() {
        store.flush();
    }

    @Override
    public void settle() {
        store.settle();
    }

    @Override
    public void close() {
        store.close();
    }

    private static TableOptions options(Settings settings) {
        return TableOptions.DEFAULT
                .with(durability(settings))
                .with(settings.compress() ? Compression.LZ4 : Compression.NONE)
                .withFilterBits(settings.bloomBitsPerKey());
    }

    /** The harness's own enum of that name hides ours. */
    private static io.annulus.api.storage.Durability durability(Settings settings) {
        return switch (settings.durability()) {
            case NONE -> io.annulus.api.storage.Durability.MEMORY;
            case WAL -> io.annulus.api.storage.Durability.WRITTEN;
            case SYNC -> io.annulus.api.storage.Durability.SYNCED;
        };
    }
}

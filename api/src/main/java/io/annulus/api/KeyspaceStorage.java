package io.annulus.api;

import io.annulus.api.storage.Compression;
import io.annulus.api.storage.Durability;
import io.annulus.api.storage.TableOptions;
import java.util.Objects;

/**
 * How the replicas of a keyspace keep its records; nodes need not agree on it.
 *
 * @param durability what must have become of a write on a replica before that acknowledges it; receipts name it
 * @param compression of sorted tables and large records
 * @param filterBits bits of filters for each key, 1 to 64
 * @param tuning trades reads against the writing of compaction, -8 to 8
 */
public record KeyspaceStorage(Durability durability, Compression compression, int filterBits, int tuning) {

    /** Synced, LZ4, and what suits most. */
    public static final KeyspaceStorage DEFAULT = of(TableOptions.DEFAULT);

    public KeyspaceStorage {
        Objects.requireNonNull(durability, "durability");
        Objects.requireNonNull(compression, "compression");
    }

    /** As the options of a table say. */
    private static KeyspaceStorage of(TableOptions options) {
        return new KeyspaceStorage(options.durability(), options.compression(), options.filterBits(), options.tuning());
    }

    /** This, with another durability. */
    public KeyspaceStorage with(Durability other) {
        return new KeyspaceStorage(other, compression, filterBits, tuning);
    }
}

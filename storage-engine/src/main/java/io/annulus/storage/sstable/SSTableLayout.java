package io.annulus.storage.sstable;

import io.annulus.api.storage.Compression;
import io.annulus.api.storage.TableOptions;
import java.util.Objects;

/**
 * What a table's options say of the sorted tables that are written from now on.
 *
 * @param compression of blocks, and of large records
 * @param filterBits bits of the filter for each key
 */
public record SSTableLayout(Compression compression, int filterBits) {

    public SSTableLayout {
        Objects.requireNonNull(compression, "compression");
    }

    /** As the options say. */
    public static SSTableLayout of(TableOptions options) {
        return new SSTableLayout(options.compression(), options.filterBits());
    }
}

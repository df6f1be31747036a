package io.annulus.api.storage;

/** How the blocks and large records of a table are packed. What is packed says how, so that it may change at any time. */
public enum Compression {
    /** Not at all. */
    NONE,
    /** LZ4: cheap to pack, and to unpack at each read that finds no block in memory. */
    LZ4,
    /** Zstandard: smaller, and several times dearer to pack and to unpack. */
    ZSTD,
}

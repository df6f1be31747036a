package io.annulus.api.storage;

/** What had become of a write when it was acknowledged. */
public enum Durability {
    /** It was only in memory. */
    MEMORY,
    /** It was written to the commit log, which was not yet synced. */
    WRITTEN,
    /** The commit log that holds it was synced to the disk. */
    SYNCED,
}

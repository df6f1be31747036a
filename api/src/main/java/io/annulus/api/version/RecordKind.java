package io.annulus.api.version;

/** How a record keeps versions. */
public enum RecordKind {
    /** Concurrent values are kept side by side, as siblings. */
    CAUSAL,
    /** The value with the greatest (timestamp, origin, sequence) is kept. */
    LAST_WRITE_WINS,
}

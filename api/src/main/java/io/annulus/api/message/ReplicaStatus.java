package io.annulus.api.message;

/** What a replica did with a request. */
public enum ReplicaStatus {
    /** It was done. */
    DONE,
    /** A read: done, but this replica may have lost what it acknowledged, so its answer counts toward no overlap. */
    NOT_ADMITTED,
    /** Refused before any effect: a queue, memory or the disk is full. */
    OVERLOADED,
    /** The commit log failed; the write may or may not survive. */
    FENCED,
    /** Refused: this node does not have the keyspace. */
    UNKNOWN_KEYSPACE,
    /** Refused: this node uses another ring. */
    WRONG_EPOCH,
    /** A read: a damaged range might hold the key. A write: the record arrived damaged. */
    CORRUPT,
    /** It failed otherwise; the effect is unknown. */
    FAILED,
}

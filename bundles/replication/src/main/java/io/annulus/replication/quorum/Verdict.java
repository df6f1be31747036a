package io.annulus.replication.quorum;

/** Where a quorum stands. */
public enum Verdict {
    /** More answers are needed and may still come. */
    PENDING,
    /** Enough answers came. */
    REACHED,
    /** Too few can still come. */
    IMPOSSIBLE,
}

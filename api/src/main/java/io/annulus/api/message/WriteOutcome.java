package io.annulus.api.message;

/** How a coordinated write ended. */
public enum WriteOutcome {
    /** Enough replicas acknowledged it. */
    DONE,
    /** Refused before any effect: too few replicas can be asked. */
    UNAVAILABLE,
    /** Refused before any effect: a queue, memory or the disk is full. */
    OVERLOADED,
    /** Some replicas may hold it; too few acknowledged it in time. */
    UNKNOWN,
    /** Refused before any effect: a limit was exceeded or the request makes no sense here. */
    REFUSED,
    /** Refused before any effect: a damaged range of the coordinator might hold the key. */
    CORRUPT,
}

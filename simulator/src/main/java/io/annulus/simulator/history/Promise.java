package io.annulus.simulator.history;

/** What a store may promise a session, here a process (Terry et al., "Session Guarantees", 1994). */
public enum Promise {
    /** A read shows what the same process wrote before, or what replaced it. */
    READ_YOUR_WRITES,
    /** A read shows at least what an earlier read of the same process showed. */
    MONOTONIC_READS,
    /** Whoever sees a write of a process sees its earlier writes too, or what replaced them. */
    MONOTONIC_WRITES,
    /** Whoever sees a write of a process sees what that process had read before it, or what replaced that. */
    WRITES_FOLLOW_READS
}

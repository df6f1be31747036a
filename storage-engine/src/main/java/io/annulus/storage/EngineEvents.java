package io.annulus.storage;

import io.annulus.api.storage.QuarantinedRange;

/** Takes note of what an operator should know; called on any thread of the engine, at most once for each event. */
public interface EngineEvents {

    /** The write path is closed until the node has been restarted. */
    void fenced(Throwable cause);

    /** Sorted tables of a table are not merged any more until the node has been restarted. */
    void compactionStopped(String table, Throwable cause);

    /** A range cannot be answered for any more until it has been healed. */
    default void damaged(QuarantinedRange range) {
        // The status and those who listen to the engine's integrity know too.
    }
}

package io.annulus.api.storage;

import java.util.Objects;

/**
 * How the engine fares.
 *
 * @param state whether it takes writes
 * @param cause one sentence; empty when all is well
 * @param diskBytes bytes of all files
 * @param memtableBytes bytes held in memory
 * @param sstables number of SSTables
 */
public record StorageStatus(State state, String cause, long diskBytes, long memtableBytes, int sstables) {

    /** Whether the engine takes writes. */
    public enum State {
        /** Reads and writes. */
        OPEN,
        /** The log failed: reads only, no write is acknowledged until the node has been restarted. */
        FENCED,
        /** Closed. */
        CLOSED,
    }

    public StorageStatus {
        Objects.requireNonNull(state, "state");
        Objects.requireNonNull(cause, "cause");
    }
}

package io.annulus.api;

/** How a keyspace treats concurrent writes of one key. */
public enum KeyspaceMode {
    /** They are kept side by side, as siblings, until a write that has seen them replaces them. */
    CAUSAL,
    /** The one with the later timestamp is kept; the other is lost without a word. */
    LAST_WRITE_WINS,
}

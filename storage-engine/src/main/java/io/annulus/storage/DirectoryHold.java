package io.annulus.storage;

import java.io.IOException;

/** The hold of one process on a data directory, which knows the directory again: one thread at a time, blocks. */
public interface DirectoryHold {

    /**
     * What told the directory, before it was held, from any copy or older state of it; empty for a new directory, and where
     * there is no such thing.
     */
    String formerKey();

    /** Gives the directory another key, durably, so that no older state of it passes for this one; returns the key. */
    String renewKey() throws IOException;

    /** What tells the directory as it is now from any copy or older state of it; empty where there is no such thing. */
    String key() throws IOException;

    /** What tells this run of the machine from others; empty where there is no such thing. */
    String bootId() throws IOException;
}

package io.annulus.simulator.history;

/** What a client may ask. */
public enum Function {
    /** Writes a value. */
    PUT(true),
    /** Reads the live values. */
    GET(false),
    /** Deletes what its context covers, or in a last-write-wins keyspace the key. */
    DELETE(true),
    /** Writes a value if another one is there. */
    CAS(true),
    /** Adds a number, which may be negative, to a counter. */
    ADD(true),
    /** Reads a counter. */
    COUNT(false),
    /** Adds an element to a set. */
    SADD(true),
    /** Removes an element from a set. */
    SREM(true),
    /** Reads the elements of a set. */
    SMEMBERS(false),
    /** Sets a field of a map; the value is {@code field=value}. */
    MPUT(true),
    /** Removes a field of a map; the value is the field. */
    MREMOVE(true),
    /** Reads the entries of a map, each as {@code field=value}. */
    MENTRIES(false);

    private final boolean write;

    Function(boolean write) {
        this.write = write;
    }

    /** Whether it may change anything. */
    public boolean isWrite() {
        return write;
    }
}

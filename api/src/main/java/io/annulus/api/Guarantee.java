package io.annulus.api;

/** What the answers to one operation add up to, weakest first. */
public enum Guarantee {
    /** Replicas will agree in the end; nothing more. */
    EVENTUAL,
    /** Enough copies exist, some of them with stand-ins: safe, and not yet sure to be seen by a quorum read. */
    SLOPPY,
    /**
     * The operation reached a set of the key's own, admitted replicas that meets every set of the opposite kind
     * (R + W &gt; N with the keyspace's own R or W): a regular register. Never claimed where writes are acknowledged before they
     * are synced, since a power cut may take them back.
     */
    OVERLAP,
    /** A read whose answer was written back until a write quorum held it: no later such read sees less. */
    ATOMIC,
}

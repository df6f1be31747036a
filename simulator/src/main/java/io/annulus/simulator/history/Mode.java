package io.annulus.simulator.history;

/** What a key is, and so what is promised for it. */
public enum Mode {
    /** One value; linearizable. */
    REGISTER,
    /** Concurrent values stand side by side until a write whose context covers them. */
    SIBLINGS,
    /** One value in the end: that of the write with the greatest timestamp. */
    LWW,
    /** Additions add up. */
    COUNTER,
    /** A set of elements in which an addition wins over a concurrent removal. */
    SET,
    /** Fields with a value each, in which a put wins over a concurrent removal. */
    MAP
}

package io.annulus.storage.cache;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * A count that any thread adds to on the way of a read, and figures are made from. Adding takes no atomic step, which would wait
 * for all that the thread has written before: threads count in stripes of their own, and of two that share a stripe one may
 * undo what the other adds in the same instant.
 */
public final class Tally {

    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);

    private static final int STRIPES = 64;

    /** Longs of a stripe: a cache line, and the one that is fetched with it. */
    private static final int WIDTH = 16;

    private final long[] counts = new long[STRIPES * WIDTH];

    /** Adds one. */
    public void increment() {
        add(1);
    }

    /** Adds so many. */
    public void add(long more) {
        int at = ((int) Thread.currentThread().getId() & STRIPES - 1) * WIDTH;
        COUNT.setOpaque(counts, at, (long) COUNT.getOpaque(counts, at) + more);
    }

    /** About how many there are. */
    public long sum() {
        long sum = 0;
        for (int at = 0; at < counts.length; at += WIDTH) {
            sum += (long) COUNT.getOpaque(counts, at);
        }
        return sum;
    }
}

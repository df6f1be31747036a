package io.annulus.simulator;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A running 64-bit hash of numbers and texts, the same on every machine. */
final class TraceHash {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private long state = 0x9e3779b97f4a7c15L;

    void add(long value) {
        long mixed = state ^ value;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        state = (mixed ^ mixed >>> 31) + 0x9e3779b97f4a7c15L;
    }

    /** Adds a text by its own hash, which the language defines and each text keeps. */
    void add(String text) {
        add((long) text.length() << Integer.SIZE ^ text.hashCode());
    }

    void add(byte[] bytes) {
        add(bytes.length);
        int at = 0;
        for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
            add((long) LONGS.get(bytes, at));
        }
        for (; at < bytes.length; at++) {
            add(bytes[at]);
        }
    }

    long value() {
        return state;
    }
}

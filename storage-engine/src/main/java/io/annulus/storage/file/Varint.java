package io.annulus.storage.file;

import java.nio.ByteBuffer;

/**
 * Numbers from 0 to 2^63 - 1 in as few bytes as they need: seven bits a byte, lowest first, the top bit set in all but the last
 * byte. Each number is written in one way only; one whose end was lost, and is zeros, is none.
 */
public final class Varint {

    /** What {@link #get} answers where there is no number. */
    public static final long NONE = -1;

    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;

    private Varint() {}

    /**
     * Writes a number to a place of the array, which has room; returns where it ends.
     *
     * @param value not negative
     */
    public static int put(byte[] target, int at, long value) {
        if (value < 0) {
            throw new IllegalArgumentException(value + " is negative");
        }
        int next = at;
        long rest = value;
        while (rest >= MORE) {
            target[next++] = (byte) (rest | MORE);
            rest >>>= BITS;
        }
        target[next] = (byte) rest;
        return next + 1;
    }

    /**
     * The number at the position of the buffer, which moves behind it; {@link #NONE} when it does not end in the buffer, is too
     * large or could be shorter.
     */
    public static long get(ByteBuffer from) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE - 1 && from.hasRemaining(); shift += BITS) {
            byte part = from.get();
            value |= (long) (part & MORE - 1) << shift;
            if (part >= 0) {
                return part == 0 && shift > 0 ? NONE : value;
            }
        }
        return NONE;
    }
}

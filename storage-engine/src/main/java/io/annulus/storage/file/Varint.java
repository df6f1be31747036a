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
     * The number of 31 bits at a place of an array, and where it ends: {@link #value} and {@link #end} take them apart. For bytes that
     * are no such number the value may be negative, and the end is at most five bytes behind the place.
     */
    public static long at(byte[] bytes, int at) {
        int value = bytes[at];
        int next = at + 1;
        if (value < 0) {
            value &= MORE - 1;
            for (int shift = BITS; shift < Integer.SIZE; shift += BITS) {
                byte part = bytes[next++];
                value |= (part & MORE - 1) << shift;
                if (part >= 0) {
                    break;
                }
            }
        }
        return (long) value << Integer.SIZE | next;
    }

    /** The number that {@link #at} found. */
    public static int value(long found) {
        return (int) (found >> Integer.SIZE);
    }

    /** Where the number ends that {@link #at} found. */
    public static int end(long found) {
        return (int) found;
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

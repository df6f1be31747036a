package io.annulus.storage.testkit;

import java.util.Arrays;
import java.util.Map;

/**
 * One damage to the bytes of a file.
 *
 * @param kind what is done
 * @param file to which file
 * @param at at which byte, or from which on
 * @param length of so many bytes
 * @param other of which file bytes are put in their place; the file itself when no other one is concerned
 * @param from at which byte of the other file they are
 */
public record ByteDamage(Kind kind, String file, int at, int length, String other, int from) {

    /** What is done to bytes. */
    public enum Kind {
        /** One bit is turned over. */
        FLIPPED,
        /** Bytes are zeros. */
        ZEROED,
        /** The file ends. */
        TRUNCATED,
        /** Bytes of this file and of another place change places, as misdirected writes do. */
        SWAPPED,
        /** Bytes of another place are here too. */
        COPIED,
    }

    /** Turns the lowest bit of a byte over. */
    public static ByteDamage flipped(String file, int at) {
        return new ByteDamage(Kind.FLIPPED, file, at, 1, file, at);
    }

    /** Makes bytes zeros. */
    public static ByteDamage zeroed(String file, int at, int length) {
        return new ByteDamage(Kind.ZEROED, file, at, length, file, at);
    }

    /** Ends a file before a byte. */
    public static ByteDamage truncated(String file, int at) {
        return new ByteDamage(Kind.TRUNCATED, file, at, 0, file, at);
    }

    /** Does it to the contents of files; false when it changes nothing. */
    public boolean apply(Map<String, byte[]> contents) {
        byte[] before = contents.get(file);
        byte[] otherBefore = contents.get(other);
        byte[] after = before.clone();
        byte[] otherAfter = other.equals(file) ? after : otherBefore.clone();
        switch (kind) {
            case FLIPPED -> after[at] ^= 1;
            case ZEROED -> Arrays.fill(after, at, at + length, (byte) 0);
            case TRUNCATED -> after = Arrays.copyOf(after, at);
            case SWAPPED -> {
                System.arraycopy(otherBefore, from, after, at, length);
                System.arraycopy(before, at, otherAfter, from, length);
            }
            case COPIED -> System.arraycopy(otherBefore, from, after, at, length);
        }
        boolean isChanged = !Arrays.equals(before, after);
        contents.put(file, after);
        if (!other.equals(file)) {
            isChanged |= !Arrays.equals(otherBefore, otherAfter);
            contents.put(other, otherAfter);
        }
        return isChanged;
    }
}

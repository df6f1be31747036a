package io.annulus.api.ring;

import java.util.Locale;
import java.util.Objects;

/**
 * A place on the circle of 2^128 tokens, compared as one unsigned number.
 *
 * @param high upper 64 bits
 * @param low lower 64 bits
 */
public record Token(long high, long low) implements Comparable<Token> {

    /** The token of a key: MurmurHash3 x64 128 (Appleby) of its bytes with seed 0. */
    public static Token of(byte[] key) {
        Objects.requireNonNull(key, "key");
        return Murmur3.hash128(key);
    }

    /**
     * The arc that this token lies in when the circle is cut into {@code 2^arcBits} equal arcs.
     *
     * @param arcBits 0 to 30
     */
    public int arc(int arcBits) {
        return arcBits == 0 ? 0 : (int) (high >>> (64 - arcBits));
    }

    @Override
    public int compareTo(Token other) {
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    /** 32 hexadecimal digits. */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%016x%016x", high, low);
    }
}

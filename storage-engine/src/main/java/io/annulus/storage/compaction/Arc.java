package io.annulus.storage.compaction;

import io.annulus.api.ring.Token;

/**
 * A part of the circle that halving gives: all tokens that begin with the same bits. Of two arcs one holds the other, or they
 * share no token, so that shards which were cut at different times still lie under each other.
 *
 * @param bits how many bits its tokens have in common, 0 to 32
 * @param start these bits, as the top ones of a token's upper half; all below are 0
 */
record Arc(int bits, long start) {

    static final int MOST_BITS = 32;

    /** The whole circle. */
    static final Arc ALL = new Arc(0, 0);

    /** The least arc that holds two tokens and all between them. */
    static Arc around(Token first, Token last) {
        int bits = Math.min(MOST_BITS, Long.numberOfLeadingZeros(first.high() ^ last.high()));
        return new Arc(bits, bits == 0 ? 0 : first.high() & -1L << Long.SIZE - bits);
    }

    Arc lowerHalf() {
        return new Arc(bits + 1, start);
    }

    Arc upperHalf() {
        return new Arc(bits + 1, start | 1L << Long.SIZE - 1 - bits);
    }

    Token first() {
        return new Token(start, 0);
    }

    Token last() {
        return new Token(start | (bits == 0 ? -1L : -1L >>> bits), -1);
    }

    /** How much of the circle it is, up to 1. */
    double share() {
        return Math.scalb(1.0, -bits);
    }
}

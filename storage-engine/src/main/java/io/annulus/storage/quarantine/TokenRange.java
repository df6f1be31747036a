package io.annulus.storage.quarantine;

import io.annulus.api.ring.Token;

/**
 * Tokens from one to another; immutable.
 *
 * @param from the first, inclusive
 * @param to the last, inclusive
 */
public record TokenRange(Token from, Token to) {

    /** The least token. */
    public static final Token LEAST = new Token(0, 0);

    /** The greatest token. */
    public static final Token GREATEST = new Token(-1, -1);

    /** All tokens. */
    public static final TokenRange ALL = new TokenRange(LEAST, GREATEST);

    public TokenRange {
        if (from.compareTo(to) > 0) {
            throw new IllegalArgumentException("a range of tokens begins at " + from + " and ends before, at " + to);
        }
    }

    /** Whether a token lies in it. */
    public boolean contains(Token token) {
        return token.compareTo(from) >= 0 && token.compareTo(to) <= 0;
    }

    /** Whether all of another one lies in it. */
    public boolean contains(TokenRange other) {
        return other.from.compareTo(from) >= 0 && other.to.compareTo(to) <= 0;
    }

    /** Whether some token lies in both. */
    public boolean overlaps(TokenRange other) {
        return other.from.compareTo(to) <= 0 && other.to.compareTo(from) >= 0;
    }

    /** From the lesser beginning to the greater end. */
    public TokenRange span(TokenRange other) {
        return new TokenRange(
                from.compareTo(other.from) <= 0 ? from : other.from, to.compareTo(other.to) >= 0 ? to : other.to);
    }

    /** What lies in both, which overlap. */
    public TokenRange intersection(TokenRange other) {
        return new TokenRange(
                from.compareTo(other.from) >= 0 ? from : other.from, to.compareTo(other.to) <= 0 ? to : other.to);
    }

    /** The token after one that is not the greatest. */
    static Token next(Token token) {
        return token.low() == -1 ? new Token(token.high() + 1, 0) : new Token(token.high(), token.low() + 1);
    }

    /** The token before one that is not the least. */
    public static Token before(Token token) {
        return token.low() == 0 ? new Token(token.high() - 1, -1) : new Token(token.high(), token.low() - 1);
    }
}

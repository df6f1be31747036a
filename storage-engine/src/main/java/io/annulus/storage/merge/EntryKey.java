package io.annulus.storage.merge;

import io.annulus.api.ring.Token;
import java.util.Arrays;
import java.util.Objects;

/**
 * Place of an entry in a table: order is by token, then by key as unsigned bytes.
 *
 * @param token token of the key
 * @param key the key; handed over, not copied
 */
public record EntryKey(Token token, byte[] key) implements Comparable<EntryKey> {

    /** Longest key in bytes. */
    public static final int MAX_KEY_BYTES = 1 << 20;

    private static final byte[] NONE = new byte[0];

    public EntryKey {
        Objects.requireNonNull(token, "token");
        Objects.requireNonNull(key, "key");
    }

    /** The first place of a token. */
    public static EntryKey first(Token token) {
        return new EntryKey(token, NONE);
    }

    @Override
    public int compareTo(EntryKey other) {
        int byToken = token.compareTo(other.token);
        return byToken != 0 ? byToken : Arrays.compareUnsigned(key, other.key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EntryKey that && token.equals(that.token) && Arrays.equals(key, that.key);
    }

    @Override
    public int hashCode() {
        return 31 * token.hashCode() + Arrays.hashCode(key);
    }
}

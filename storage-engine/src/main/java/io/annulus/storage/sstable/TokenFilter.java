package io.annulus.storage.sstable;

import io.annulus.api.ring.Token;
import java.nio.ByteBuffer;

/**
 * A blocked Bloom filter (Putze, Sanders, Singler, "Cache-, Hash- and Space-Efficient Bloom Filters", 2007) of tokens, which
 * are hashes already: one 64-byte line and seven bits a token. Immutable once filled; then any thread.
 */
final class TokenFilter {

    private static final int LINE_LONGS = 8;
    private static final int LINE_BITS = 512;
    private static final int PROBES = 7;

    private final long[] words;

    private TokenFilter(long[] words) {
        this.words = words;
    }

    /** An empty filter for so many tokens, of so many bits for each. */
    static TokenFilter sizedFor(long tokens, int bitsPerToken) {
        long lines = Math.max(1, (tokens * bitsPerToken + LINE_BITS - 1) / LINE_BITS);
        return new TokenFilter(new long[Math.toIntExact(lines * LINE_LONGS)]);
    }

    static TokenFilter read(ByteBuffer from) {
        int lines = from.getInt();
        if (lines < 1 || (long) lines * LINE_LONGS * Long.BYTES != from.remaining()) {
            throw new IllegalArgumentException(lines + " lines of a filter are not " + from.remaining() + " bytes");
        }
        long[] words = new long[lines * LINE_LONGS];
        from.asLongBuffer().get(words);
        return new TokenFilter(words);
    }

    ByteBuffer write() {
        ByteBuffer bytes = ByteBuffer.allocate(Integer.BYTES + words.length * Long.BYTES);
        bytes.putInt(words.length / LINE_LONGS);
        bytes.asLongBuffer().put(words);
        return bytes.rewind();
    }

    void add(Token token) {
        int line = line(token);
        long bits = bits(token);
        for (int i = 0; i < PROBES; i++, bits >>>= 9) {
            words[line + ((int) bits >>> 6 & LINE_LONGS - 1)] |= 1L << bits;
        }
    }

    boolean mayContain(Token token) {
        int line = line(token);
        long bits = bits(token);
        for (int i = 0; i < PROBES; i++, bits >>>= 9) {
            if ((words[line + ((int) bits >>> 6 & LINE_LONGS - 1)] & 1L << bits) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Bytes in memory. */
    long bytes() {
        return (long) words.length * Long.BYTES;
    }

    /** Index of the first word of the token's line. */
    private int line(Token token) {
        long hash = mix(token.high() + token.low() * 0x9e3779b97f4a7c15L);
        return (int) ((hash >>> 32) * (words.length / LINE_LONGS) >>> 32) * LINE_LONGS;
    }

    private static long bits(Token token) {
        return mix(token.low() ^ Long.rotateLeft(token.high(), 23));
    }

    /** The finaliser of MurmurHash3. */
    private static long mix(long value) {
        long h = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
        h = (h ^ h >>> 33) * 0xc4ceb9fe1a85ec53L;
        return h ^ h >>> 33;
    }
}

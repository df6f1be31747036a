package io.annulus.storage.sstable;

import io.annulus.api.ring.Token;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.quarantine.TokenRange;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where the blocks of a file lie and which place separates each from the one before; flat arrays. Tokens are hashes, so a
 * lookup computes where its block should be (Perl, Itai, Avni, "Interpolation search: a log log N search", 1978), and gallops
 * from there (Bentley, Yao, 1976), so that no distribution of tokens costs more than twice a binary search. Immutable; any
 * thread.
 */
final class BlockIndex {

    private static final int FIXED_BYTES = 28;
    private static final int MOST_GUESSES = 4;
    private static final byte[] NO_KEY = new byte[0];

    private final long[] highs;
    private final long[] lows;
    private final long[] offsets;
    private final int[] lengths;
    private final int[] crcs;

    /** Keys of the separators; empty as long as all are: a key is there only where a token is cut by a block's end. */
    private byte[][] keys = {};

    /** Blocks for each step of the upper half of the token, on average. */
    private double blocksPerStep;

    private BlockIndex(int blocks) {
        highs = new long[blocks];
        lows = new long[blocks];
        offsets = new long[blocks];
        lengths = new int[blocks];
        crcs = new int[blocks];
    }

    static BlockIndex read(ByteBuffer from) {
        int blocks = from.getInt();
        if (blocks < 1 || blocks > from.remaining() / FIXED_BYTES) {
            throw new IllegalArgumentException(
                    blocks + " blocks do not fit an index of " + from.remaining() + " bytes");
        }
        BlockIndex index = new BlockIndex(blocks);
        long offset = 0;
        for (int i = 0; i < blocks; i++) {
            index.offsets[i] = offset;
            index.lengths[i] = from.getInt();
            if (index.lengths[i] < 1) {
                throw new IllegalArgumentException("block " + i + " of an index has " + index.lengths[i] + " bytes");
            }
            index.crcs[i] = from.getInt();
            index.highs[i] = from.getLong();
            index.lows[i] = from.getLong();
            index.readKey(i, from);
            offset += index.lengths[i];
        }
        double width = unsigned(index.highs[blocks - 1] - index.highs[0]);
        index.blocksPerStep = width == 0 ? 0 : (blocks - 1) / width;
        return index;
    }

    /** Bytes in memory, about. */
    long bytes() {
        long keyBytes = 0;
        for (byte[] key : keys) {
            keyBytes += key.length;
        }
        return keyBytes + highs.length * (3L * Long.BYTES + 3L * Integer.BYTES);
    }

    private void readKey(int block, ByteBuffer from) {
        int length = from.getInt();
        if (length == 0) {
            return;
        }
        if (length < 0 || length > from.remaining()) {
            throw new IllegalArgumentException("a key of " + length + " bytes in an index with " + from.remaining());
        }
        if (keys.length == 0) {
            keys = new byte[highs.length][];
            Arrays.fill(keys, NO_KEY);
        }
        keys[block] = new byte[length];
        from.get(keys[block]);
    }

    /** Bytes of all blocks together. */
    long dataBytes() {
        return offsets[offsets.length - 1] + lengths[lengths.length - 1];
    }

    int blocks() {
        return offsets.length;
    }

    Footer.Part part(int block) {
        return new Footer.Part(offsets[block], lengths[block], crcs[block]);
    }

    /** The first token of a block. */
    Token firstToken(int block) {
        return new Token(highs[block], lows[block]);
    }

    /** The tokens that a block may hold; the last one may go on in the next block. */
    TokenRange range(int block, Token lastOfTable) {
        Token from = firstToken(block);
        if (block + 1 == highs.length) {
            return new TokenRange(from, lastOfTable);
        }
        Token next = firstToken(block + 1);
        boolean isCut = keys.length > 0 && keys[block + 1].length > 0;
        return new TokenRange(from, isCut ? next : TokenRange.before(next));
    }

    /** About how many bytes lie before a token: up to the block that it is in, and all for tokens behind the last block's. */
    long bytesBefore(Token token) {
        int block = blockOf(EntryKey.first(token));
        int last = offsets.length - 1;
        if (block == last && token.compareTo(new Token(highs[last], lows[last])) > 0) {
            return offsets[last] + lengths[last];
        }
        return offsets[block];
    }

    /** The block that holds a key if any does; the first one for keys before all. */
    int blockOf(EntryKey place) {
        int guess = guess(place.token().high());
        int low;
        int high;
        if (isAfter(guess, place)) {
            high = guess;
            low = guess;
            for (int step = 1; low > 0 && isAfter(low, place); step <<= 1) {
                high = low;
                low = Math.max(0, low - step);
            }
        } else {
            low = guess;
            high = guess + 1;
            for (int step = 1; high < highs.length && !isAfter(high, place); step <<= 1) {
                low = high;
                high = (int) Math.min(highs.length, (long) high + step);
            }
        }
        // From here on: no block from high on begins at the place or before; low does, or is the first.
        while (high - low > 1) {
            int middle = low + high >>> 1;
            if (isAfter(middle, place)) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return low;
    }

    /** About where the block of a token is: each guess corrects the one before by the distance that is left. */
    private int guess(long token) {
        int at = 0;
        for (int guesses = 0; guesses < MOST_GUESSES; guesses++) {
            boolean isBelow = Long.compareUnsigned(token, highs[at]) < 0;
            double distance = isBelow ? -unsigned(highs[at] - token) : unsigned(token - highs[at]);
            int next = (int) Math.max(0, Math.min(highs.length - 1, at + Math.floor(distance * blocksPerStep)));
            if (next == at) {
                return at;
            }
            at = next;
        }
        return at;
    }

    /** Whether a block begins after a place. */
    private boolean isAfter(int block, EntryKey place) {
        Token token = place.token();
        int byHigh = Long.compareUnsigned(highs[block], token.high());
        if (byHigh != 0) {
            return byHigh > 0;
        }
        int byLow = Long.compareUnsigned(lows[block], token.low());
        if (byLow != 0) {
            return byLow > 0;
        }
        return keys.length > 0 && Arrays.compareUnsigned(keys[block], place.key()) > 0;
    }

    private static double unsigned(long value) {
        return (value >>> 1) * 2.0;
    }

    /** Gathers an index; one thread. */
    static final class Builder {

        private ByteBuffer bytes = ByteBuffer.allocate(4096).putInt(0);
        private int blocks;
        private Token lastToken;

        /** Adds a block that lies behind the one before, with its first place and its last. */
        void add(Footer.Part part, EntryKey first, EntryKey last) {
            boolean cutsToken = first.token().equals(lastToken);
            byte[] key = cutsToken ? first.key() : NO_KEY;
            int size = FIXED_BYTES + key.length;
            if (bytes.remaining() < size) {
                bytes = ByteBuffer.allocate(2 * bytes.capacity() + size).put(bytes.flip());
            }
            bytes.putInt(part.length()).putInt(part.crc());
            bytes.putLong(first.token().high()).putLong(first.token().low());
            bytes.putInt(key.length).put(key);
            lastToken = last.token();
            blocks++;
        }

        ByteBuffer write() {
            return bytes.putInt(0, blocks).flip();
        }
    }
}

package io.annulus.storage.sstable;

import io.annulus.api.ring.Token;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.quarantine.TokenRange;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Where the blocks of a file lie and which place separates each from the one before; flat arrays. Tokens are hashes, so equal
 * parts of their range hold about one block each: a lookup computes its part, and searches the blocks of that by bisection (as
 * in a radix spline, Kipf et al. 2020, with one level), so that no distribution of tokens costs more than bisection. Immutable;
 * any thread.
 */
final class BlockIndex {

    private static final int FIXED_BYTES = 28;
    private static final byte[] NO_KEY = new byte[0];

    private final long[] highs;
    private final long[] lows;
    private final long[] offsets;
    private final int[] lengths;
    private final int[] crcs;

    /** Keys of the separators; empty as long as all are: a key is there only where a token is cut by a block's end. */
    private byte[][] keys = {};

    /** By part of the range of tokens: its first block; and behind the last part the number of blocks. */
    private int[] starts;

    /** A token's distance from the first, shifted so, is the number of its part. */
    private int shift;

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
            if (i > 0 && !index.isSorted(i)) {
                throw new IllegalArgumentException("block " + i + " of an index does not sort after the one before");
            }
        }
        index.cut();
        return index;
    }

    /** Bytes in memory, about. */
    long bytes() {
        long keyBytes = 0;
        for (byte[] key : keys) {
            keyBytes += key.length;
        }
        return keyBytes + highs.length * (3L * Long.BYTES + 3L * Integer.BYTES) + (long) starts.length * Integer.BYTES;
    }

    private boolean isSorted(int block) {
        int order = firstToken(block - 1).compareTo(firstToken(block));
        return order < 0 || order == 0 && Arrays.compareUnsigned(keyOf(block - 1), keyOf(block)) < 0;
    }

    private byte[] keyOf(int block) {
        return keys.length == 0 ? NO_KEY : keys[block];
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
        int part = part(place.token().high());
        // All blocks below low begin before the place; none from high on does.
        int low = starts[part];
        int high = starts[part + 1];
        while (low < high) {
            int middle = low + high >>> 1;
            if (isAfter(middle, place)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return Math.max(0, low - 1);
    }

    private int part(long token) {
        if (Long.compareUnsigned(token, highs[0]) <= 0) {
            return 0;
        }
        boolean isBeyond = Long.compareUnsigned(token, highs[highs.length - 1]) >= 0;
        return isBeyond ? starts.length - 2 : (int) (token - highs[0] >>> shift);
    }

    /** Cuts the range of tokens into parts, of which there are as many as blocks, or up to twice as many. */
    private void cut() {
        int blocks = highs.length;
        long width = highs[blocks - 1] - highs[0];
        while (Long.compareUnsigned(width >>> shift, 2L * blocks) >= 0) {
            shift++;
        }
        starts = new int[(int) (width >>> shift) + 2];
        int block = 0;
        for (int part = 0; part + 1 < starts.length; part++) {
            while (block < blocks && part(highs[block]) < part) {
                block++;
            }
            starts[part] = block;
        }
        starts[starts.length - 1] = blocks;
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

package io.annulus.storage.sstable;

import io.annulus.api.ring.Token;
import io.annulus.storage.merge.EntryKey;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Where the blocks of a file lie and what each begins with. Immutable; any thread. */
final class BlockIndex {

    private static final int FIXED_BYTES = 36;

    private final long[] offsets;
    private final int[] lengths;
    private final int[] crcs;
    private final EntryKey[] firsts;

    private BlockIndex(int blocks) {
        offsets = new long[blocks];
        lengths = new int[blocks];
        crcs = new int[blocks];
        firsts = new EntryKey[blocks];
    }

    static BlockIndex read(ByteBuffer from) {
        int blocks = from.getInt();
        if (blocks < 1 || blocks > from.remaining() / FIXED_BYTES) {
            throw new IllegalArgumentException(
                    blocks + " blocks do not fit an index of " + from.remaining() + " bytes");
        }
        BlockIndex index = new BlockIndex(blocks);
        for (int i = 0; i < blocks; i++) {
            index.offsets[i] = from.getLong();
            index.lengths[i] = from.getInt();
            index.crcs[i] = from.getInt();
            Token token = new Token(from.getLong(), from.getLong());
            byte[] key = new byte[from.getInt()];
            from.get(key);
            index.firsts[i] = new EntryKey(token, key);
        }
        return index;
    }

    int blocks() {
        return offsets.length;
    }

    long offset(int block) {
        return offsets[block];
    }

    int length(int block) {
        return lengths[block];
    }

    int crc(int block) {
        return crcs[block];
    }

    /** The block that holds a key if any does; the first one for keys before all. */
    int blockOf(EntryKey place) {
        int found = Arrays.binarySearch(firsts, place);
        return found >= 0 ? found : Math.max(0, -found - 2);
    }

    /** Gathers an index; one thread. */
    static final class Builder {

        private ByteBuffer bytes = ByteBuffer.allocate(4096).putInt(0);
        private int blocks;

        void add(long offset, int length, int crc, EntryKey first) {
            int size = FIXED_BYTES + first.key().length;
            if (bytes.remaining() < size) {
                bytes = ByteBuffer.allocate(2 * bytes.capacity() + size).put(bytes.flip());
            }
            bytes.putLong(offset).putInt(length).putInt(crc);
            bytes.putLong(first.token().high()).putLong(first.token().low());
            bytes.putInt(first.key().length).put(first.key());
            blocks++;
        }

        ByteBuffer write() {
            return bytes.putInt(0, blocks).flip();
        }
    }
}

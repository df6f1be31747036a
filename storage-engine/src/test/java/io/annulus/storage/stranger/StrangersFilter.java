package io.annulus.storage.stranger;

import java.nio.ByteBuffer;

/** The filter of a sorted table. */
final class StrangersFilter {

    private final int lines;
    private final ByteBuffer bits;

    StrangersFilter(ByteBuffer from) {
        this.lines = from.getInt();
        this.bits = from.slice();
        Bytes.require(bits.limit() == 64 * lines, "length of a filter");
    }

    boolean mayContain(ByteBuffer token) {
        long high = token.getLong(0);
        long low = token.getLong(8);
        long half = mixed(high + low * 0x9e3779b97f4a7c15L) >>> 32;
        int line = (int) (half * lines / (1L << 32));
        long probes = mixed(low ^ Long.rotateLeft(high, 23));
        boolean all = true;
        for (int i = 0; i < 7; i++) {
            int bit = (int) (probes >>> 9 * i) & 511;
            // Words of eight bytes, each big-endian, the lowest bit first.
            long word = bits.getLong(64 * line + 8 * (bit / 64));
            all &= (word >>> bit % 64 & 1) == 1;
        }
        return all;
    }

    /** The finaliser of MurmurHash3. */
    private static long mixed(long value) {
        long first = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
        long second = (first ^ first >>> 33) * 0xc4ceb9fe1a85ec53L;
        return second ^ second >>> 33;
    }
}

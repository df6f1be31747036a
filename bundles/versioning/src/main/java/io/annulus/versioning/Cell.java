package io.annulus.versioning;

import io.annulus.api.version.Dot;
import io.annulus.api.version.Versioned;
import java.util.Arrays;

/** A sibling whose value still stands in the bytes of a record, so that a join copies it once. */
record Cell(Dot dot, long timestamp, long expiryMillis, byte[] source, int offset, int length) {

    Versioned toVersioned() {
        return new Versioned(dot, timestamp, expiryMillis, Arrays.copyOfRange(source, offset, offset + length));
    }

    boolean isExpired(long nowMillis) {
        return expiryMillis != 0 && expiryMillis <= nowMillis;
    }

    Cell withoutValue() {
        return new Cell(dot, timestamp, expiryMillis, source, offset, 0);
    }

    boolean sameContentAs(Cell other) {
        return dot.equals(other.dot)
                && timestamp == other.timestamp
                && expiryMillis == other.expiryMillis
                && Arrays.equals(
                        source, offset, offset + length, other.source, other.offset, other.offset + other.length);
    }

    /** Of two cells of one dot, the same one whatever the order; they are equal unless a dot was issued twice. */
    static Cell greater(Cell left, Cell right) {
        int order = Long.compareUnsigned(left.timestamp, right.timestamp);
        if (order == 0) {
            order = Long.compareUnsigned(left.expiryMillis, right.expiryMillis);
        }
        if (order == 0) {
            order = Arrays.compareUnsigned(
                    left.source,
                    left.offset,
                    left.offset + left.length,
                    right.source,
                    right.offset,
                    right.offset + right.length);
        }
        return order >= 0 ? left : right;
    }
}

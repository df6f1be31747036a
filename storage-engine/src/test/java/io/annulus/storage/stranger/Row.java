package io.annulus.storage.stranger;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * An entry of a table.
 *
 * @param place 16 token, key: in this order rows are sorted
 * @param kind 0 a record that joins with what is older, 1 one that hides it, 2 a removal
 * @param record the record; empty for a removal
 */
record Row(byte[] place, int kind, byte[] record) {

    static Row of(byte[] token, int kind, byte[] key, byte[] record) {
        return new Row(
                ByteBuffer.allocate(token.length + key.length)
                        .put(token)
                        .put(key)
                        .array(),
                kind,
                record);
    }

    boolean isBefore(Row other) {
        return Arrays.compareUnsigned(place, other.place) < 0;
    }
}

package io.annulus.versioning;

import io.annulus.api.version.Dot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The vector and the cloud of a context as they stand in an array of bytes: pairs of origin and sequence. */
final class DotTable {

    /** Most entries of a vector, dots of a cloud or siblings of a record. */
    static final int MAX_ENTRIES = 65_536;

    /** Bytes of one pair. */
    static final int PAIR_BYTES = 16;

    private DotTable() {}

    /** Bytes that the pairs of a context take. */
    static int sizeOf(CausalContext context) {
        return PAIR_BYTES * (context.vector().size() + context.cloud().size());
    }

    /** Writes the pairs of a context and returns the offset after them. */
    static int write(byte[] bytes, int offset, CausalContext context) {
        int at = offset;
        VersionVector vector = context.vector();
        for (int i = 0; i < vector.size(); i++) {
            at = writePair(bytes, at, vector.origin(i), vector.sequence(i));
        }
        for (Dot dot : context.cloud()) {
            at = writePair(bytes, at, dot.origin(), dot.sequence());
        }
        return at;
    }

    static int writePair(byte[] bytes, int offset, long origin, long sequence) {
        Bytes.putLong(bytes, offset, origin);
        Bytes.putLong(bytes, offset + Long.BYTES, sequence);
        return offset + PAIR_BYTES;
    }

    /** Reads a context from pairs that were checked. */
    static CausalContext read(byte[] bytes, int offset, int vectorSize, int cloudSize) {
        long[] origins = new long[vectorSize];
        long[] sequences = new long[vectorSize];
        for (int i = 0; i < vectorSize; i++) {
            origins[i] = Bytes.getLong(bytes, offset + PAIR_BYTES * i);
            sequences[i] = Bytes.getLong(bytes, offset + PAIR_BYTES * i + Long.BYTES);
        }
        List<Dot> cloud = new ArrayList<>(cloudSize);
        for (int i = 0; i < cloudSize; i++) {
            cloud.add(dotAt(bytes, offset + PAIR_BYTES * (vectorSize + i)));
        }
        return CausalContext.of(new VersionVector(origins, sequences), cloud);
    }

    static Dot dotAt(byte[] bytes, int offset) {
        return new Dot(Bytes.getLong(bytes, offset), Bytes.getLong(bytes, offset + Long.BYTES));
    }

    /** Checks a count that bytes from outside name, before anything is allocated for it. */
    static void checkCount(String what, int count, Function<String, RuntimeException> error) {
        if (count < 0 || count > MAX_ENTRIES) {
            throw error.apply(count + " " + what + " are not 0 to " + MAX_ENTRIES);
        }
    }

    /** Checks that pairs stand in strictly ascending order and have sequences of 1 or more. */
    static void checkPairs(
            byte[] bytes, int offset, int count, boolean byOriginOnly, Function<String, RuntimeException> error) {
        for (int i = 0; i < count; i++) {
            int at = offset + PAIR_BYTES * i;
            if (Bytes.getLong(bytes, at + Long.BYTES) < 1) {
                throw error.apply("a sequence at byte " + at + " is below 1");
            }
            if (i > 0 && compare(bytes, at - PAIR_BYTES, at, byOriginOnly) >= 0) {
                throw error.apply("dots at byte " + at + " are out of order");
            }
        }
    }

    /** Checks that no dot of the cloud belongs into the vector. */
    static void checkNormal(CausalContext read, int cloudSize, Function<String, RuntimeException> error) {
        if (read.cloud().size() != cloudSize) {
            throw error.apply("dots stand beside a vector that covers them");
        }
    }

    private static int compare(byte[] bytes, int left, int right, boolean byOriginOnly) {
        int byOrigin = Long.compareUnsigned(Bytes.getLong(bytes, left), Bytes.getLong(bytes, right));
        return byOrigin != 0 || byOriginOnly
                ? byOrigin
                : Long.compare(Bytes.getLong(bytes, left + Long.BYTES), Bytes.getLong(bytes, right + Long.BYTES));
    }
}

package io.annulus.versioning;

import io.annulus.api.version.Dot;
import java.util.Arrays;

/** For each origin the greatest sequence up to which all is known; sorted by unsigned origin. Immutable. */
final class VersionVector {

    static final VersionVector EMPTY = new VersionVector(new long[0], new long[0]);

    private final long[] origins;
    private final long[] sequences;

    /** Of arrays that are handed over, origins strictly ascending as unsigned numbers. */
    VersionVector(long[] origins, long[] sequences) {
        this.origins = origins;
        this.sequences = sequences;
    }

    int size() {
        return origins.length;
    }

    long origin(int index) {
        return origins[index];
    }

    long sequence(int index) {
        return sequences[index];
    }

    /** The entry of an origin, 0 when there is none. */
    long get(long origin) {
        int index = find(origin);
        return index < 0 ? 0 : sequences[index];
    }

    boolean covers(Dot dot) {
        return dot.sequence() <= get(dot.origin());
    }

    /** This vector with an entry raised to at least a sequence. */
    VersionVector with(long origin, long sequence) {
        int index = find(origin);
        if (index >= 0) {
            if (sequences[index] >= sequence) {
                return this;
            }
            long[] raised = sequences.clone();
            raised[index] = sequence;
            return new VersionVector(origins, raised);
        }
        int at = -index - 1;
        return new VersionVector(insert(origins, at, origin), insert(sequences, at, sequence));
    }

    /** The entrywise maximum; one of the two itself when it covers the other. */
    VersionVector join(VersionVector other) {
        if (covers(other)) {
            return this;
        }
        if (other.covers(this)) {
            return other;
        }
        long[] mergedOrigins = new long[size() + other.size()];
        long[] mergedSequences = new long[mergedOrigins.length];
        int count = 0;
        int mine = 0;
        int theirs = 0;
        while (mine < size() || theirs < other.size()) {
            int order = mine == size()
                    ? 1
                    : theirs == other.size() ? -1 : Long.compareUnsigned(origins[mine], other.origins[theirs]);
            long left = order <= 0 ? sequences[mine] : 0;
            long right = order >= 0 ? other.sequences[theirs] : 0;
            mergedOrigins[count] = order <= 0 ? origins[mine] : other.origins[theirs];
            mergedSequences[count++] = Math.max(left, right);
            mine += order <= 0 ? 1 : 0;
            theirs += order >= 0 ? 1 : 0;
        }
        return new VersionVector(Arrays.copyOf(mergedOrigins, count), Arrays.copyOf(mergedSequences, count));
    }

    private boolean covers(VersionVector other) {
        if (other.size() > size()) {
            return false;
        }
        for (int i = 0; i < other.size(); i++) {
            if (get(other.origins[i]) < other.sequences[i]) {
                return false;
            }
        }
        return true;
    }

    private int find(long origin) {
        int low = 0;
        int high = origins.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = Long.compareUnsigned(origins[middle], origin);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    private static long[] insert(long[] array, int at, long value) {
        long[] longer = new long[array.length + 1];
        System.arraycopy(array, 0, longer, 0, at);
        longer[at] = value;
        System.arraycopy(array, at, longer, at + 1, array.length - at);
        return longer;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VersionVector that
                && Arrays.equals(origins, that.origins)
                && Arrays.equals(sequences, that.sequences);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(origins) + Arrays.hashCode(sequences);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("[");
        for (int i = 0; i < size(); i++) {
            text.append(i == 0 ? "" : " ").append(new Dot(origins[i], sequences[i]));
        }
        return text.append(']').toString();
    }
}

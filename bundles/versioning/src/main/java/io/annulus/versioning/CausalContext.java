package io.annulus.versioning;

import io.annulus.api.version.Dot;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A set of dots: a version vector and a cloud of single dots above it. Always normalised: no dot of the cloud is covered by
 * the vector or follows its entry directly, so that equal sets have equal forms. Immutable.
 */
final class CausalContext {

    static final CausalContext EMPTY = new CausalContext(VersionVector.EMPTY, List.of());

    private final VersionVector vector;
    private final List<Dot> cloud;

    private CausalContext(VersionVector vector, List<Dot> cloud) {
        this.vector = vector;
        this.cloud = cloud;
    }

    /** The set of a vector and of dots in ascending order. */
    static CausalContext of(VersionVector vector, List<Dot> ascending) {
        VersionVector raised = vector;
        List<Dot> rest = new ArrayList<>(ascending.size());
        for (Dot dot : ascending) {
            long known = raised.get(dot.origin());
            if (dot.sequence() == known + 1) {
                raised = raised.with(dot.origin(), dot.sequence());
            } else if (dot.sequence() > known) {
                rest.add(dot);
            }
        }
        return new CausalContext(raised, List.copyOf(rest));
    }

    VersionVector vector() {
        return vector;
    }

    /** In ascending order. */
    List<Dot> cloud() {
        return cloud;
    }

    /** Entries of the vector and dots of the cloud. */
    int size() {
        return vector.size() + cloud.size();
    }

    boolean contains(Dot dot) {
        return vector.covers(dot) || isInCloud(dot);
    }

    /** The greatest sequence of an origin in this set, 0 when it has none. */
    long greatest(long origin) {
        long greatest = vector.get(origin);
        for (Dot dot : cloud) {
            if (dot.origin() == origin) {
                greatest = Math.max(greatest, dot.sequence());
            }
        }
        return greatest;
    }

    CausalContext with(Dot dot) {
        return contains(dot) ? this : of(vector, merge(cloud, List.of(dot)));
    }

    /** This set and all dots of an origin up to a sequence. */
    CausalContext raised(long origin, long sequence) {
        return of(vector.with(origin, sequence), cloud);
    }

    /** The union; one of the two itself when it holds the other. */
    CausalContext join(CausalContext other) {
        VersionVector joined = vector.join(other.vector);
        if (joined == vector && holds(cloud, other.cloud)) {
            return this;
        }
        if (joined == other.vector && holds(other.cloud, cloud)) {
            return other;
        }
        return of(joined, merge(cloud, other.cloud));
    }

    private boolean isInCloud(Dot dot) {
        int low = 0;
        int high = cloud.size() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = cloud.get(middle).compareTo(dot);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return false;
    }

    /** Whether sorted dots hold all of other sorted dots. */
    private static boolean holds(List<Dot> dots, List<Dot> others) {
        int at = 0;
        for (Dot dot : others) {
            while (at < dots.size() && dots.get(at).compareTo(dot) < 0) {
                at++;
            }
            if (at == dots.size() || !dots.get(at).equals(dot)) {
                return false;
            }
        }
        return true;
    }

    private static List<Dot> merge(List<Dot> left, List<Dot> right) {
        List<Dot> merged = new ArrayList<>(left.size() + right.size());
        int i = 0;
        int j = 0;
        while (i < left.size() || j < right.size()) {
            int order =
                    i == left.size() ? 1 : j == right.size() ? -1 : left.get(i).compareTo(right.get(j));
            merged.add(order <= 0 ? left.get(i) : right.get(j));
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return merged;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CausalContext that && vector.equals(that.vector) && cloud.equals(that.cloud);
    }

    @Override
    public int hashCode() {
        return Objects.hash(vector, cloud);
    }

    @Override
    public String toString() {
        return vector + " + " + cloud;
    }
}

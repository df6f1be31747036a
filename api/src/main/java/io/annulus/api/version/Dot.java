package io.annulus.api.version;

/**
 * The name of one version of one key (Preguiça et al., "Dotted Version Vectors", 2010). A dot is never issued twice.
 *
 * @param origin random id of one life of one data directory
 * @param sequence counter of that origin, 1 or more
 */
public record Dot(long origin, long sequence) implements Comparable<Dot> {

    public Dot {
        if (sequence < 1) {
            throw new IllegalArgumentException("sequence " + sequence + " of a dot is below 1");
        }
    }

    @Override
    public int compareTo(Dot other) {
        int byOrigin = Long.compareUnsigned(origin, other.origin);
        return byOrigin != 0 ? byOrigin : Long.compare(sequence, other.sequence);
    }

    /** {@code origin:sequence}, the origin in hexadecimal. */
    @Override
    public String toString() {
        return Long.toHexString(origin) + ":" + sequence;
    }
}

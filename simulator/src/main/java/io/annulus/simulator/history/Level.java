package io.annulus.simulator.history;

/**
 * How many replicas an operation asked for.
 *
 * @param copies N of the keyspace
 * @param replicas R of a read, W of a write
 * @param sloppy whether stand-ins may answer for owners
 */
public record Level(int copies, int replicas, boolean sloppy) {

    public Level {
        if (replicas < 1 || copies < replicas) {
            throw new IllegalArgumentException(replicas + " of " + copies + " replicas is no level");
        }
    }

    /** Whether this read, or write, meets every strict one of the opposite kind and the other level. */
    public boolean overlaps(Level other) {
        return !sloppy && !other.sloppy && replicas + other.replicas > copies;
    }
}

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
}

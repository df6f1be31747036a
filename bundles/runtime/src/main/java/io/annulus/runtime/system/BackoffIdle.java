package io.annulus.runtime.system;

/**
 * What a loop without work does, step by step: spins a little, yields a little, then parks for ever longer. Few spins: the
 * node shares its cores with its host, and a parked loop is woken by whoever hands it a task. Owned by the loop.
 */
final class BackoffIdle {

    static final int SPINS = 10;
    static final int YIELDS = 5;
    static final long MIN_PARK_NANOS = 1_000;
    static final long MAX_PARK_NANOS = 1_000_000;

    /** The next step. */
    enum Step {
        SPIN,
        YIELD,
        PARK,
    }

    private int idleTurns;
    private long parkNanos = MIN_PARK_NANOS;

    /** There was work: begin anew. */
    void reset() {
        idleTurns = 0;
        parkNanos = MIN_PARK_NANOS;
    }

    /** What to do in a turn without work. */
    Step next() {
        if (idleTurns < SPINS + YIELDS) {
            idleTurns++;
            return idleTurns <= SPINS ? Step.SPIN : Step.YIELD;
        }
        return Step.PARK;
    }

    /** How long to park; each call doubles it up to the most. */
    long nextParkNanos() {
        long nanos = parkNanos;
        parkNanos = Math.min(MAX_PARK_NANOS, parkNanos * 2);
        return nanos;
    }
}

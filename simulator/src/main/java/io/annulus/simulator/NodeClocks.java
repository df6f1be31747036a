package io.annulus.simulator;

import java.time.Duration;

/**
 * The clocks of a node, over all its lives: a crystal that may run too fast or too slow and never goes back, and the wall
 * clock that counts by it and may be set to anything.
 */
final class NodeClocks {

    private static final int MAX_DRIFT_PERMILLE = 500;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long LONGEST_EXACT_NANOS = Long.MAX_VALUE / 2_000;

    private final SimulatedWorld world;
    private long worldBase;
    private long crystalBase;
    private int driftPermille;
    private long wallOffsetNanos;
    private long skewMillis;

    NodeClocks(SimulatedWorld world) {
        this.world = world;
    }

    /** What the crystal has counted since the start of the world. */
    long nanos() {
        long passed = world.nanos() - worldBase;
        return crystalBase + passed + (driftPermille == 0 ? 0 : passed * driftPermille / 1000);
    }

    long wallMillis() {
        return SimulatedWorld.START_WALL_MILLIS + (nanos() + wallOffsetNanos) / NANOS_PER_MILLI + skewMillis;
    }

    /** How long the world takes until the crystal has counted so much, as it runs now. */
    long worldNanos(long crystalNanos) {
        if (driftPermille == 0 || crystalNanos <= 0 || crystalNanos > LONGEST_EXACT_NANOS) {
            return crystalNanos;
        }
        int rate = 1000 + driftPermille;
        return (crystalNanos * 1000 + rate - 1) / rate;
    }

    /** Makes the crystal run so much too fast, or too slow below 0, from now on. */
    void drift(int permille) {
        if (Math.abs(permille) > MAX_DRIFT_PERMILLE) {
            throw new IllegalArgumentException("a drift of " + permille + " permille is beyond " + MAX_DRIFT_PERMILLE
                    + " either way; no crystal is so wrong");
        }
        crystalBase = nanos();
        worldBase = world.nanos();
        driftPermille = permille;
    }

    void skewWall(Duration skew) {
        skewMillis = skew.toMillis();
    }

    /** Ends the drift, and sets the wall clock to that of the world but for its skew. */
    void correct() {
        drift(0);
        wallOffsetNanos = worldBase - crystalBase;
    }
}

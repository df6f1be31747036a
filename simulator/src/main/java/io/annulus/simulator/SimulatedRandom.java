package io.annulus.simulator;

import io.annulus.api.runtime.RandomSource;
import java.util.SplittableRandom;

/**
 * Randomness from a seed. Forks by name are independent of each other, so that a draw added in one place does not move the
 * draws of another. Confined to the thread of the world.
 */
public final class SimulatedRandom implements RandomSource {

    private final long seed;
    private final SplittableRandom random;

    /** The numbers of a seed. */
    public SimulatedRandom(long seed) {
        this.seed = seed;
        this.random = new SplittableRandom(seed);
    }

    /** A source of its own, a function of this one's seed and the name alone. */
    public SimulatedRandom fork(String name) {
        TraceHash hash = new TraceHash();
        hash.add(seed);
        hash.add(name);
        return new SimulatedRandom(hash.value());
    }

    @Override
    public long nextLong() {
        return random.nextLong();
    }

    @Override
    public int nextInt(int bound) {
        return random.nextInt(bound);
    }

    /** A number of {@code from .. to}, both included. */
    public long between(long from, long to) {
        return to <= from ? from : random.nextLong(from, to + 1);
    }

    /** True in so many of a million cases. */
    public boolean perMillion(int cases) {
        return cases > 0 && random.nextInt(1_000_000) < cases;
    }
}

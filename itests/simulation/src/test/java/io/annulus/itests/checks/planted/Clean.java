package io.annulus.itests.checks.planted;

import java.util.Random;

/** Breaks no rule: time comes as an argument, randomness from a given seed. */
public final class Clean {
    private final Random random;

    public Clean(long seed) {
        this.random = new Random(seed);
    }

    public long deadlineNanos(long nowNanos, int maxDelayNanos) {
        return nowNanos + random.nextInt(maxDelayNanos);
    }
}

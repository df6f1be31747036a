package io.annulus.storage.testkit;

import java.util.Random;

/** The seed of random tests: printed, and taken back from the system property {@code annulus.seed}. */
public final class Seed {

    private Seed() {}

    /** A generator for one test. */
    public static Random random(String test) {
        long seed = Long.getLong("annulus.seed", 20_260_101L);
        System.out.println(test + " runs with -Dannulus.seed=" + seed);
        return new Random(seed);
    }
}

package io.annulus.storage.testkit;

import io.annulus.simulator.SimulatedFiles;
import io.annulus.simulator.SimulatedRandom;
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

    /** An empty disk whose losses are drawn from a generator. */
    public static SimulatedFiles disk(Random random) {
        return new SimulatedFiles(new SimulatedRandom(random.nextLong()));
    }
}

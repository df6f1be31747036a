package io.annulus.ring;

/** The seed of a random test: 1, or the system property {@code annulus.seed}; printed, so that a failure can be replayed. */
final class Seeds {

    private Seeds() {}

    static long seed() {
        long seed = Long.getLong("annulus.seed", 1);
        System.out.println("annulus.seed=" + seed);
        return seed;
    }
}

package io.annulus.membership;

/** Seeds of random tests, from the property {@code annulus.seed} where it is set. */
final class Seeds {

    private static final long BASE = Long.getLong("annulus.seed", 1L);

    private Seeds() {}

    /** The seed of one run of a test; the first of them is printed. */
    static long next(String test, int run) {
        if (run == 0) {
            System.out.println(test + ": -Dannulus.seed=" + BASE);
        }
        return BASE + run;
    }
}

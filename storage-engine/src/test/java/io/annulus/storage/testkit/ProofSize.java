package io.annulus.storage.testkit;

/** How long a proof runs: short in every build, as long as the profile {@code proof} or a property says elsewhere. */
public final class ProofSize {

    private ProofSize() {}

    /**
     * The size of a proof.
     *
     * @param name of the system property {@code annulus.proof.NAME}
     * @param shortSize what it is without that property
     */
    public static int of(String name, int shortSize) {
        int size = Integer.getInteger("annulus.proof." + name, shortSize);
        System.out.println("runs with -Dannulus.proof." + name + "=" + size);
        return size;
    }
}

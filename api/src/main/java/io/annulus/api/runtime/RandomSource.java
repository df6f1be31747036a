package io.annulus.api.runtime;

import org.osgi.annotation.versioning.ProviderType;

/** The only source of randomness of protocol code: seeded at boot in production, from the run's seed in a simulation. */
@ProviderType
public interface RandomSource {

    /** Next 64 random bits. */
    long nextLong();

    /**
     * Next random number of {@code 0 .. bound - 1}.
     *
     * @param bound greater than 0
     */
    int nextInt(int bound);
}

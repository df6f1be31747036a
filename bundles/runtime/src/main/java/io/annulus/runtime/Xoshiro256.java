package io.annulus.runtime;

import io.annulus.api.runtime.RandomSource;

/**
 * The generator xoshiro256++ (Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators", 2021), its state filled
 * from one seed by SplitMix64. Not for secrets. Owned by the event loop.
 */
public final class Xoshiro256 implements RandomSource {

    private long s0;
    private long s1;
    private long s2;
    private long s3;

    /** The generator of a seed; equal seeds give equal sequences. */
    public Xoshiro256(long seed) {
        this(splitMix(seed, 1), splitMix(seed, 2), splitMix(seed, 3), splitMix(seed, 4));
    }

    Xoshiro256(long s0, long s1, long s2, long s3) {
        this.s0 = s0;
        this.s1 = s1;
        this.s2 = s2;
        this.s3 = s3;
    }

    /** The n-th number, counted from 1, that SplitMix64 makes of a seed. */
    static long splitMix(long seed, int n) {
        long z = seed + n * 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    @Override
    public long nextLong() {
        long result = Long.rotateLeft(s0 + s3, 23) + s0;
        long t = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= t;
        s3 = Long.rotateLeft(s3, 45);
        return result;
    }

    /** Lemire's multiplication ("Fast Random Integer Generation in an Interval", 2019): no bias, hardly ever a division. */
    @Override
    public int nextInt(int bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("bound " + bound + " is not greater than 0");
        }
        long product = (nextLong() >>> 32) * bound;
        if ((product & 0xffffffffL) < bound) {
            long threshold = (1L << 32) % bound;
            while ((product & 0xffffffffL) < threshold) {
                product = (nextLong() >>> 32) * bound;
            }
        }
        return (int) (product >>> 32);
    }
}

package io.annulus.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class Xoshiro256Test {

    // Published values of both generators.
    @Test
    void givesTheReferenceSequence() {
        Xoshiro256 random = new Xoshiro256(1, 2, 3, 4);

        assertEquals(41943041L, random.nextLong());
        assertEquals(58720359L, random.nextLong());
        assertEquals(3588806011781223L, random.nextLong());
        assertEquals(3591011842654386L, random.nextLong());
    }

    @Test
    void fillsItsStateBySplitMix64() {
        assertEquals(6457827717110365317L, Xoshiro256.splitMix(1234567, 1));
        assertEquals(3203168211198807973L, Xoshiro256.splitMix(1234567, 2));
    }

    @Test
    void equalSeedsGiveEqualSequences() {
        assertEquals(new Xoshiro256(7).nextLong(), new Xoshiro256(7).nextLong());
    }

    @Test
    void boundedNumbersAreSpreadEvenly() {
        Xoshiro256 random = new Xoshiro256(Seeds.next("boundedNumbersAreSpreadEvenly", 0));
        int[] counts = new int[7];
        for (int i = 0; i < 70_000; i++) {
            counts[random.nextInt(7)]++;
        }
        for (int count : counts) {
            // Six standard deviations of a binomial distribution.
            assertTrue(Math.abs(count - 10_000) < 600, () -> "a number came " + count + " times of 10,000 expected");
        }
    }

    @Test
    void boundOfZeroIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new Xoshiro256(1).nextInt(0));
    }
}

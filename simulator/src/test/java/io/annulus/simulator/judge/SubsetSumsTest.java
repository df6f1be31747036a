package io.annulus.simulator.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.simulator.SimulatedRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SubsetSumsTest {

    @Test
    void nothingAddsUpToZeroAlone() {
        assertTrue(SubsetSums.reach(0, List.of()));
        assertFalse(SubsetSums.reach(1, List.of()));
        assertFalse(SubsetSums.reach(1, List.of(0L)));
    }

    @Test
    void agreesWithTryingAllSubsets() {
        SimulatedRandom random = new SimulatedRandom(3);
        for (int round = 0; round < 500; round++) {
            List<Long> numbers = new ArrayList<>();
            for (int i = random.nextInt(8); i > 0; i--) {
                numbers.add((long) random.nextInt(21) - 10);
            }
            for (long target = -30; target <= 30; target++) {
                assertEquals(byTrial(target, numbers), SubsetSums.reach(target, numbers), target + " of " + numbers);
            }
        }
    }

    @Test
    void ofVeryManyOnlyBoundsAndDivisorAreAsked() {
        List<Long> powers =
                LongStream.rangeClosed(1, 20).map(i -> 3L << i).boxed().toList();

        assertTrue(SubsetSums.reach(3L << 7, powers));
        assertFalse(SubsetSums.reach((3L << 7) + 1, powers));
        assertFalse(SubsetSums.reach(3L << 22, powers));
        assertFalse(SubsetSums.reach(-6, powers));
    }

    private static boolean byTrial(long target, List<Long> numbers) {
        for (int subset = 0; subset < 1 << numbers.size(); subset++) {
            long sum = 0;
            for (int i = 0; i < numbers.size(); i++) {
                sum += (subset >> i & 1) * numbers.get(i);
            }
            if (sum == target) {
                return true;
            }
        }
        return false;
    }
}

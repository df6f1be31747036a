package io.annulus.itests.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Crashes, cuts, pauses, loss and reordering under clients: nothing that was acknowledged is lost or comes back, no receipt
 * overstates, and the replicas agree in the end. {@code -Dannulus.seed=N} repeats a run.
 */
class ClusterSimulationTest {

    private static final Duration TIME = Duration.ofSeconds(60);

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void threeNodesKeepTheirWord(long seed) {
        new ClusterSimulation(seed, 3).run(TIME).judge();
    }

    @ParameterizedTest
    @ValueSource(longs = {101, 102, 103, 104, 105, 106, 107, 108, 109, 110})
    void fiveNodesWithStandInsKeepTheirWord(long seed) {
        new ClusterSimulation(seed, 5).run(TIME).judge();
    }

    @Test
    void randomSeedsKeepTheirWord() {
        long first = Long.getLong("annulus.seed", System.nanoTime());
        int runs = Integer.getInteger("annulus.runs", 5);
        for (long seed = first; seed < first + runs; seed++) {
            System.out.println("annulus.seed = " + seed);
            new ClusterSimulation(seed, 3 + (int) Math.floorMod(seed, 3L))
                    .run(TIME)
                    .judge();
        }
    }

    @Test
    void sameSeedSameTrace() {
        long first = new ClusterSimulation(42, 4).run(TIME).traceHash();
        long second = new ClusterSimulation(42, 4).run(TIME).traceHash();
        assertEquals(first, second);
    }
}

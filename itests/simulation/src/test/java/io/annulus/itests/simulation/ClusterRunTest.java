package io.annulus.itests.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.simulator.Fault;
import io.annulus.simulator.history.Answer.Ending;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/**
 * Whole clusters under clients and every fault keep all their promises. {@code -Dannulus.seed=N} begins the random seeds there;
 * {@code -Dannulus.simulation.seconds=N} says for how long they run.
 */
class ClusterRunTest {

    private static final long FIXED = 200;

    @Test
    void fixedSeedsKeepTheirWord() {
        SeedRunner seeds = new SeedRunner().run(1, FIXED, () -> true, Drawing::of);
        System.out.println("fixed seeds: " + seeds.tally());
        assertEquals(List.of(), seeds.failures());
        Set<Fault> missing = EnumSet.allOf(Fault.class);
        missing.removeAll(seeds.tally().struck().keySet());
        assertEquals(Set.of(), missing, "faults that never struck");
    }

    @Test
    void randomSeedsKeepTheirWord() {
        long first = Long.getLong("annulus.seed", Math.floorMod(System.nanoTime(), 1L << 40));
        long seconds = Long.getLong("annulus.simulation.seconds", 180);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        BooleanSupplier goesOn = () -> System.nanoTime() - end < 0;
        System.out.println("random seeds from annulus.seed = " + first + " on, for " + seconds + " s");
        SeedRunner seeds = new SeedRunner().run(first, Long.MAX_VALUE - first, goesOn, Drawing::of);
        System.out.println("random seeds: " + seeds.tally());
        assertEquals(List.of(), seeds.failures());
        assertTrue(seeds.tally().runs() > 0, "no time for a single seed");
    }

    @Test
    void calmClusterAnswersEverything() {
        RunResult result = ClusterRun.of(RunConfig.calm(7));
        assertEquals(List.of(), result.violations());
        assertEquals(result.history().operations().size(), result.endings().get(Ending.OK));
    }
}

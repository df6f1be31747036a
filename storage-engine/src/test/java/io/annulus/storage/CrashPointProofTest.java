package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.storage.testkit.ProofSize;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * In the midst of each change that a long run makes to the disk (each append, write, sync, rename, link, deletion), what a power
 * cut would leave is opened, more than once, each time with other losses; and so is what is left when the power is cut again
 * while that is opened (T31, T32). Unlike {@link EngineCrashPointTest} the run goes on, so that it may be long.
 */
class CrashPointProofTest {

    private static final long RUN = 12;
    private static final long SEED = Long.getLong("annulus.seed", 0L);

    /** As many changes as an opening makes, and some. */
    private static final int CHANGES_OF_AN_OPENING = 30;

    /** Between those after which snapshots are restored too, which is dear. */
    private static final int CHANGES_BETWEEN_SNAPSHOTS = 20;

    private final int losses = ProofSize.of("crashLosses", 1);
    private final CrashedRun run = new CrashedRun(ProofSize.of("crashOperations", 80), RUN, SEED);
    private final List<AssertionError> failures = new ArrayList<>();
    private long opened;

    @Test
    void whatACutAtAnyChangeLeavesHoldsAllThatWasAcked() throws IOException {
        run.disk().onChange(this::cut);
        run.run();
        run.disk().onChange(() -> {});
        run.check("at the end");
        System.out.println(run.disk().changes() + " changes, " + opened + " openings after cuts");
        failures.stream().findFirst().ifPresent(first -> {
            throw first;
        });
        assertTrue(opened >= 2 * losses * run.disk().changes(), () -> opened + " openings");
    }

    private void cut() {
        for (int i = 0; i < losses; i++) {
            long seed = SEED + losses * run.disk().changes() + i;
            String when = "after a cut at change " + run.disk().changes() + " with losses of seed " + seed;
            try {
                once(seed, when);
                twice(seed, when);
            } catch (IOException | RuntimeException | AssertionError e) {
                // Thrown from here it would be taken for a failure of the disk.
                failures.add(new AssertionError(when, e));
            }
        }
    }

    /** What is left is opened, written to, and opened again. */
    private void once(long seed, String when) throws IOException {
        CrashedRun left = run.cutCopy(1, seed);
        left.run();
        left.check(when);
        if (run.disk().changes() % CHANGES_BETWEEN_SNAPSHOTS == 0) {
            left.checkSnapshots(when);
        }
        opened++;
    }

    /** What is left is opened in vain at first. */
    private void twice(long seed, String when) throws IOException {
        CrashedRun left = run.cutCopy(1, seed);
        left.disk().cutAfter(1 + Math.floorMod(seed, CHANGES_OF_AN_OPENING), () -> {});
        left.liveOn();
        left.disk().cutPower();
        left.restart();
        assertTrue(left.open(), when);
        left.check(when + ", and another one thereafter");
        opened++;
    }
}

package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The power is cut in the midst of each change that a run makes to the disk: opening, log, tables written out, merges, the
 * clean end, opening again (T31, T32). {@code -Dannulus.seed=N} adds to the seeds of the losses.
 */
class EngineCrashPointTest {

    private static final long OPERATIONS = 11;
    private static final long SEED = Long.getLong("annulus.seed", 0L);

    /** As many changes as an opening makes, and some. */
    private static final int CHANGES_OF_AN_OPENING = 30;

    @Test
    void aRunWithoutACutWritesOutMergesAndChangesTheDiskOften() throws IOException {
        CrashedRun run = new CrashedRun(OPERATIONS, SEED);
        run.run();
        run.check("at the end");
        assertTrue(run.disk().changes() > 400, () -> run.disk().changes() + " changes");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void everyAckedOperationSurvivesACutAtAnyChange(long losses) throws IOException {
        long changes = changes();
        for (long cut = 1; cut <= changes; cut++) {
            CrashedRun run = cutAt(cut, losses);
            open(run, cut, losses);
        }
    }

    /** The second cut comes while the first one is recovered from. */
    @ParameterizedTest
    @ValueSource(longs = {5})
    void everyAckedOperationSurvivesASecondCutAtTheNextStart(long losses) throws IOException {
        long changes = changes();
        for (long cut = 1; cut <= changes; cut++) {
            CrashedRun run = cutAt(cut, losses);
            run.disk().cutAfter(1 + cut % CHANGES_OF_AN_OPENING, () -> {});
            run.liveOn();
            run.restart();
            open(run, cut, losses);
        }
    }

    /** What a killed process had written is on the disk only once somebody has synced it. */
    @ParameterizedTest
    @ValueSource(longs = {7})
    void whatWasSeenAfterAKillSurvivesACutThereafter(long losses) throws IOException {
        long changes = changes();
        for (long kill = 1; kill <= changes; kill++) {
            CrashedRun run = new CrashedRun(OPERATIONS, SEED + losses);
            run.disk().killAfter(kill);
            run.run();
            run.restartAfterKill();
            String when = "after a kill at change " + kill + " with losses of seed " + (SEED + losses);
            assertTrue(run.open(), when);
            run.check(when);
            run.disk().cutPower();
            run.restart();
            assertTrue(run.open(), when);
            run.check(when + " and a cut");
        }
    }

    private static long changes() throws IOException {
        CrashedRun run = new CrashedRun(OPERATIONS, SEED);
        run.run();
        return run.disk().changes();
    }

    private static CrashedRun cutAt(long cut, long losses) throws IOException {
        CrashedRun run = new CrashedRun(OPERATIONS, SEED + losses);
        run.disk().cutAfter(cut, () -> {});
        run.run();
        assertEquals(cut, run.disk().changes());
        assertFalse(run.disk().isPowered());
        run.restart();
        return run;
    }

    private static void open(CrashedRun run, long cut, long losses) {
        String when = "after a cut at change " + cut + " with losses of seed " + (SEED + losses);
        try {
            run.liveOn();
            run.check(when);
        } catch (IOException | RuntimeException | AssertionError e) {
            throw new AssertionError(when, e);
        }
    }
}

package io.annulus.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The power is cut in the midst of each change that a run makes to the disk, snapshots taken and deleted among them: each
 * that was acknowledged is there, each that is there is whole, and nothing else is left. {@code -Dannulus.seed=N} adds to the
 * seeds of the losses.
 */
class SnapshotCrashPointTest {

    private static final long OPERATIONS = 11;
    private static final long SEED = Long.getLong("annulus.seed", 0L);

    @ParameterizedTest
    @ValueSource(longs = {4})
    void everySnapshotIsWholeOrGoneAfterACutAtAnyChange(long losses) throws IOException {
        CrashedRun whole = new CrashedRun(OPERATIONS, SEED + losses);
        whole.run();
        assertTrue(whole.checkSnapshots("at the end") > 1, "too few snapshots");
        long changes = whole.disk().changes();
        for (long cut = 1; cut <= changes; cut++) {
            CrashedRun run = new CrashedRun(OPERATIONS, SEED + losses);
            run.disk().cutAfter(cut, () -> {});
            run.run();
            assertEquals(cut, run.disk().changes());
            run.restart();
            String when = "after a cut at change " + cut + " with losses of seed " + (SEED + losses);
            assertTrue(run.open(), when);
            run.checkSnapshots(when);
        }
    }
}

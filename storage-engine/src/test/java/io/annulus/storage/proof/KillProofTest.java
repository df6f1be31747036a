package io.annulus.storage.proof;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.storage.disk.DiskStorage;
import io.annulus.storage.testkit.ProofSize;
import io.annulus.storage.testkit.Seed;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that writes is killed again and again, under load, and now and then the next one in the midst of its recovery; each
 * time the directory holds what was acknowledged, and nothing else (T31).
 */
class KillProofTest {

    private static final int MOST_MILLIS_OF_LOAD = 1500;
    private static final int MOST_MILLIS_OF_START = 1200;

    @TempDir
    private Path folder;

    private final Random random = Seed.random("KillProofTest");
    private final CrashWorkload workload = new CrashWorkload(random.nextLong());
    private final CrashVerdict verdict = new CrashVerdict(workload);
    private CrashState known = new CrashState();
    private long life;

    @Test
    void whatWasAcknowledgedSurvivesEveryKill() throws IOException, InterruptedException {
        int kills = ProofSize.of("kills", 3);
        Path directory = folder.resolve("store");
        long acked = 0;
        long recoveries = 0;
        for (int kill = 1; kill <= kills; ) {
            CrashedProcess writer = CrashedProcess.start(directory, workload.seed(), ++life, Long.MAX_VALUE);
            writer.awaitBegin();
            long ackedNow = writer.killAfter(1 + random.nextInt(MOST_MILLIS_OF_LOAD));
            acked += ackedNow;
            kill++;
            long lifeOfLoad = life;
            if (kill <= kills && random.nextInt(4) == 0) {
                CrashedProcess.start(directory, workload.seed(), ++life, 0)
                        .killAfter(1 + random.nextInt(MOST_MILLIS_OF_START));
                kill++;
                recoveries++;
            }
            check(directory, lifeOfLoad, ackedNow);
        }
        System.out.println(kills + " kills, " + recoveries + " of them while a store was opened; " + acked
                + " operations acknowledged");
        assertTrue(acked > kills, "nothing was written");
    }

    private void check(Path directory, long lifeOfLoad, long acked) {
        String when = "life " + lifeOfLoad + ", " + acked + " operations acknowledged";
        CrashState found;
        try (ProofLoop loop = new ProofLoop();
                DiskStorage storage = CrashWriter.open(directory, loop)) {
            found = new CrashReader(workload, loop).read(storage);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(when, e);
        }
        Optional<Long> prefix = verdict.prefix(known, lifeOfLoad, acked, found);
        CrashState least = verdict.after(known, lifeOfLoad, acked);
        assertTrue(prefix.isPresent(), () -> when + ": " + least.difference(found));
        known = found;
    }
}

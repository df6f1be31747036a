package io.annulus.storage.proof;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.TableSpec;
import io.annulus.storage.disk.DiskStorage;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.testkit.ProofSize;
import io.annulus.storage.testkit.Seed;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The engine beside sorted maps on a real directory: reads on their threads beside the writes, flushes and merges on theirs,
 * with clean restarts. The operations follow from the seed; how the threads interleave does not.
 */
class DiskModelProofTest {

    private static final int LIFE = 100_000;

    /** Operations that the loop begins at a go, so that it hears of ends in between. */
    private static final int TURN = 20;

    private static final long PAUSE_NANOS = 100_000;

    @TempDir
    private Path folder;

    private final Random random = Seed.random("DiskModelProofTest");
    private final ModelRun run = new ModelRun(random, () -> false);

    @Test
    void theEngineHoldsWhatSortedMapsHold() {
        int left = ProofSize.of("diskOperations", 30_000);
        try (ProofLoop loop = new ProofLoop()) {
            while (left > 0) {
                int operations = Math.min(left, 1 + random.nextInt(LIFE));
                left -= operations;
                live(loop, operations);
            }
            live(loop, 0);
        }
        System.out.println(run.counts());
        assertTrue(run.counts().refusals < run.counts().appends / 2, "most writes were refused");
    }

    private void live(ProofLoop loop, int operations) {
        try (DiskStorage storage = CrashWriter.open(folder.resolve("store"), loop)) {
            loop.call(done -> {
                run.begin(storage);
                done.complete(true);
            });
            Map<String, NavigableMap<EntryKey, byte[]>> contents = new TreeMap<>();
            for (TableSpec spec : ModelRun.TABLES) {
                contents.put(
                        spec.name(),
                        TableContents.of(
                                run.table(spec.name()),
                                page -> loop.call(done ->
                                        page.scan(Completion.of(done::complete, done::completeExceptionally)))));
            }
            loop.<Boolean>call(done -> {
                run.oracle().settle(contents);
                operate(new Life(loop, storage, done), operations);
            });
        }
        run.counts().cleanRestarts++;
    }

    private record Life(ProofLoop loop, DiskStorage storage, CompletableFuture<Boolean> end) {}

    private void operate(Life life, int operations) {
        int left = operations;
        for (int i = 0; i < TURN && left > 0 && !run.isBusy(); i++) {
            run.operate();
            left--;
            if (random.nextInt(20_000) == 0) {
                life.storage().flush();
                run.counts().flushes++;
            }
        }
        if (left == 0 && run.isIdle()) {
            life.end().complete(true);
            return;
        }
        int rest = left;
        life.loop().schedule(run.isBusy() || left == 0 ? PAUSE_NANOS : 0, () -> operate(life, rest));
    }
}

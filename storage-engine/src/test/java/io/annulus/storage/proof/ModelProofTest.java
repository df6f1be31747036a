package io.annulus.storage.proof;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.runtime.Completion;
import io.annulus.api.storage.Entry;
import io.annulus.api.storage.TableSpec;
import io.annulus.simulator.SimulatedFiles;
import io.annulus.storage.merge.EntryKey;
import io.annulus.storage.testkit.ProofSize;
import io.annulus.storage.testkit.Seed;
import io.annulus.storage.testkit.SimulatedEngine;
import io.annulus.storage.testkit.StepWorld;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * The engine beside sorted maps, on the simulated disk and threads: millions of random operations with flushes, merges, clean
 * restarts, kills and power cuts, and no difference (T32).
 */
class ModelProofTest {

    private static final int MOST_CHANGES_BEFORE_A_CUT = 400;

    private static final int MOST_RINGS = 10;
    private static final int MILLION = 1_000_000;

    /** Operations of a life, on average. */
    private static final int LIFE = 10_000;

    private final Random random = Seed.random("ModelProofTest");
    private final SimulatedFiles disk = Seed.disk(random);
    private final ModelRun run = new ModelRun(random, () -> !disk.isPowered());
    private StepWorld world = new StepWorld(random);
    private SimulatedEngine engine;
    private boolean clean;

    @Test
    void theEngineHoldsWhatSortedMapsHold() throws IOException {
        int left = ProofSize.of("modelOperations", 60_000);
        while (left > 0) {
            open();
            int operations = Math.min(left, 1 + random.nextInt(2 * LIFE));
            left -= operations;
            live(operations);
            end();
            if (left / MILLION != (left + operations) / MILLION) {
                System.out.println(left + " operations left; " + run.counts());
            }
        }
        open();
        System.out.println(run.counts());
        assertTrue(run.counts().refusals < run.counts().appends / 2, "most writes were refused");
    }

    private void open() throws IOException {
        world = new StepWorld(random);
        engine = SimulatedEngine.open(disk, world, (8 << 10) + random.nextInt(256 << 10), clean);
        run.begin(engine.engine());
        run.oracle().settle(contents());
    }

    private void live(int operations) {
        for (int i = 0; i < operations; i++) {
            awaitTurn();
            run.operate();
            if (random.nextInt(4000) == 0) {
                engine.engine().flush();
                run.counts().flushes++;
            }
            if (random.nextInt(2000) == 0) {
                world.ring();
                run.counts().timers++;
            }
            for (int steps = random.nextInt(4); steps > 0; steps--) {
                world.step();
            }
        }
    }

    /** Acknowledgements that are held back wait for a timer. */
    private void awaitTurn() {
        int rings = 0;
        while (run.isBusy()) {
            if (!world.step()) {
                assertTrue(rings++ < MOST_RINGS, "an operation never ended");
                world.ring();
            }
        }
    }

    private void end() {
        clean = random.nextInt(3) == 0;
        if (clean) {
            world.settle();
            world.ring();
            world.settle();
            assertTrue(run.isIdle(), "operations never ended");
            assertTrue(engine.events().isEmpty(), engine.events()::toString);
            engine.close(world);
            run.counts().cleanRestarts++;
            return;
        }
        boolean powerLost = random.nextBoolean();
        int changes = 1 + random.nextInt(MOST_CHANGES_BEFORE_A_CUT);
        if (powerLost) {
            disk.cutAfter(changes, () -> {});
        } else {
            disk.killAfter(changes);
        }
        for (int i = 0; i < LIFE && disk.isPowered(); i++) {
            try {
                if (run.isBusy()) {
                    world.step();
                } else {
                    run.operate();
                }
                world.step();
            } catch (UncheckedIOException e) {
                // A process whose disk is gone handles no errors.
                assertFalse(disk.isPowered(), e::toString);
            }
        }
        if (powerLost) {
            disk.cutPower();
        }
        disk.kill();
        world.crash();
        run.crash();
        disk.powerOn();
        run.counts().crashes++;
    }

    private Map<String, NavigableMap<EntryKey, byte[]>> contents() {
        Map<String, NavigableMap<EntryKey, byte[]>> contents = new TreeMap<>();
        for (TableSpec spec : ModelRun.TABLES) {
            contents.put(spec.name(), TableContents.of(run.table(spec.name()), this::page));
        }
        return contents;
    }

    private List<Entry> page(TableContents.Page page) {
        List<List<Entry>> answers = new ArrayList<>();
        page.scan(Completion.of(answers::add, failure -> {
            throw new AssertionError("a scan failed", failure);
        }));
        while (answers.isEmpty()) {
            assertTrue(world.step(), "a scan never ended");
        }
        return answers.get(0);
    }
}

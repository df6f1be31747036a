package io.annulus.storage.testkit;

import io.annulus.simulator.SimulatedRandom;
import io.annulus.simulator.SimulatedThread;
import io.annulus.storage.DataDirectory;
import io.annulus.storage.LsmEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** An engine from its opening to its end. */
public final class LsmLife {

    /** A batch leads to a memtable written out, and that to a merge. */
    private static final int HANDOVERS = 4;

    private final DataDirectory directory;
    private final LsmEngine engine;
    private final LsmThreads threads;
    private final LsmEvents events;

    LsmLife(DataDirectory directory, LsmEngine engine, LsmThreads threads, LsmEvents events) {
        this.directory = directory;
        this.engine = engine;
        this.threads = threads;
        this.events = events;
    }

    /** The engine. */
    public LsmEngine engine() {
        return engine;
    }

    /** What an operator was told. */
    public List<String> told() {
        return events.told();
    }

    /** As production closes it. */
    void close() throws IOException {
        engine.refuseWrites();
        threads.end(engine::finishLog);
        directory.close(engine);
    }

    /** Goes on for as long as the disk does, at times with memtables to be written out, while nobody hears of it. */
    void runOn(SimulatedRandom random) {
        if (random.nextInt(2) == 0) {
            engine.flush();
        }
        List<SimulatedThread> order = new ArrayList<>();
        for (SimulatedThread thread : threads.writers()) {
            order.add(random.nextInt(order.size() + 1), thread);
        }
        for (int i = 0; i < HANDOVERS; i++) {
            order.forEach(LsmLife::drain);
        }
    }

    private static void drain(SimulatedThread thread) {
        try {
            thread.drain();
        } catch (UncheckedIOException e) {
            // The disk is gone, and so is whoever would be told: a process that ends does not handle errors.
            return;
        }
    }
}

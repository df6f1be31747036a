package io.annulus.storage.testkit;

import io.annulus.simulator.DiskSettings;
import io.annulus.simulator.SimulatedNode;
import io.annulus.simulator.SimulatedRandom;
import io.annulus.simulator.SimulatedThread;
import io.annulus.storage.EngineThreads;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The threads of an engine in the virtual time of one life of a node: a batch takes a sync, a read the time of a read. */
final class LsmThreads {

    private final SimulatedThread log;
    private final SimulatedThread store;
    private final SimulatedThread compaction;
    private final SimulatedThread system;
    private final SimulatedThread reads;

    LsmThreads(SimulatedNode node, SimulatedRandom random, Supplier<DiskSettings> settings) {
        LongSupplier sync = () ->
                random.between(settings.get().minSyncNanos(), settings.get().maxSyncNanos());
        LongSupplier read = () -> random.between(1, settings.get().maxReadNanos());
        this.log = node.thread("log", sync);
        this.store = node.thread("store", sync);
        this.compaction = node.thread("compaction", sync);
        this.system = node.thread("system", sync);
        this.reads = node.thread("read", read);
    }

    EngineThreads engineThreads() {
        return new EngineThreads(log, store, compaction, system, reads);
    }

    /** Does all there is to do, as at an orderly end: each thread hands work to those behind it. */
    void end(Runnable lastOfLog) {
        log.execute(lastOfLog);
        List.of(log, compaction, store, system, reads).forEach(SimulatedThread::drain);
    }

    /** Those that change the disk. */
    List<SimulatedThread> writers() {
        return List.of(log, store, compaction, system);
    }
}

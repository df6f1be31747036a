package io.annulus.simulator.workload;

import io.annulus.api.ReadOptions;
import io.annulus.api.WriteOptions;
import io.annulus.simulator.SimulatedRandom;
import io.annulus.simulator.history.Level;

/** Draws how many replicas an operation asks for. Shared by all clients of a run. */
final class Levels {

    private final int copies;
    private final int reads;
    private final int writes;
    private final boolean atomic;
    private int readable;
    private int writable;

    /**
     * Every level.
     *
     * @param copies N in effect
     * @param reads R of the keyspaces
     * @param writes W of the keyspaces
     * @param atomic whether reads may be atomic
     */
    Levels(int copies, int reads, int writes, boolean atomic) {
        this.atomic = atomic;
        this.copies = copies;
        this.reads = Math.min(reads, copies);
        this.writes = Math.min(writes, copies);
        this.readable = copies;
        this.writable = copies;
    }

    /** From now on asks no more replicas: {@code forReads} of each key can answer, {@code forWrites} can take a write. */
    void limit(int forReads, int forWrites) {
        readable = forReads;
        writable = forWrites;
    }

    /** Any read. */
    ReadOptions read(SimulatedRandom random) {
        ReadOptions drawn =
                switch (random.nextInt(6)) {
                    case 0 -> ReadOptions.one();
                    case 1 -> ReadOptions.quorum();
                    case 2 -> ReadOptions.all();
                    case 3 -> ReadOptions.of(1 + random.nextInt(copies));
                    case 4 -> ReadOptions.defaults();
                    default -> atomic ? ReadOptions.atomic() : ReadOptions.quorum();
                };
        return levelOf(drawn).replicas() <= readable ? drawn : ReadOptions.of(Math.max(1, readable));
    }

    /** Any blind write; the keyspace's W and sloppiness in one case of four. */
    WriteOptions write(SimulatedRandom random) {
        WriteOptions drawn = random.nextInt(4) == 0
                ? WriteOptions.defaults()
                : WriteOptions.acks(1 + random.nextInt(copies)).withSloppy(random.nextInt(2) == 0);
        return levelOf(drawn).replicas() <= writable ? drawn : drawn.withAcks(Math.max(1, writable));
    }

    /** A strict write of a majority. */
    WriteOptions strictWrite() {
        return WriteOptions.acks(majority()).withSloppy(false);
    }

    /** The same, or a majority where it asks more: so many owners are left whatever the faults were. */
    ReadOptions ofMajorityAtMost(ReadOptions options) {
        return levelOf(options).replicas() <= majority() ? options : ReadOptions.quorum();
    }

    /** The same, or a majority where it asks more: so many owners are left whatever the faults were. */
    WriteOptions ofMajorityAtMost(WriteOptions options) {
        return levelOf(options).replicas() <= majority() ? options : options.withAcks(majority());
    }

    /** What a read asks for. */
    Level levelOf(ReadOptions options) {
        int replicas =
                switch (options.level()) {
                    case KEYSPACE -> reads;
                    case COUNT -> options.replicas();
                    case QUORUM, ATOMIC -> majority();
                    case ALL -> copies;
                };
        return new Level(copies, replicas, false);
    }

    /** What a write asks for. */
    Level levelOf(WriteOptions options) {
        int replicas = options.acks() == 0 ? writes : options.acks();
        return new Level(copies, replicas, options.sloppy().orElse(true));
    }

    /** A level of which no strictness follows. */
    Level weakest() {
        return new Level(copies, 1, true);
    }

    private int majority() {
        return copies / 2 + 1;
    }
}

package io.annulus.simulator;

import io.annulus.api.storage.StorageEngine;

/**
 * What a node keeps its data in, across its lives: a storage engine with the disk below it. Used on the thread of the world.
 * Its faults stay until they are taken back.
 */
public interface SimulatedStore {

    /** What may silently happen to bytes on a disk. */
    enum Damage {
        /** A bit of something that was synced is another one. */
        FLIPPED_BIT,
        /** A block that was synced stands where another one should. */
        MISDIRECTED_WRITE,
        /** A block that was said to be synced never was. */
        LOST_WRITE
    }

    /**
     * Opens the engine for a new life of its node, which runs on that node's loop.
     *
     * @throws RuntimeException when what is on the disk cannot be opened; then the node stays down
     */
    StorageEngine open(SimulatedNode node);

    /**
     * Ends the life of the engine without its knowledge.
     *
     * @param powerLost whether what the operating system had not synced may be gone or torn
     */
    void crash(boolean powerLost);

    /**
     * Closes the engine cleanly: everything is synced, nothing completes any more.
     *
     * @throws java.io.UncheckedIOException when the disk did not take what was left to write; then it is closed, not cleanly
     */
    void close();

    /** Replaces the disk by an empty one; between two lives. */
    void wipe();

    /** Takes a copy of the disk as it is, as a backup does. */
    void backUp();

    /** Puts the copy in place of the disk, between two lives; false when there is none. */
    boolean restore();

    /** Damages something on the disk, drawn from the seed; false when there is nothing that can be damaged so. */
    boolean damage(Damage kind);

    /** Changes the speed from now on. */
    void set(DiskSettings settings);

    /** Makes writes fail as on a full disk, or takes that back. */
    void setFull(boolean isFull);

    /** Makes syncs fail, or takes that back, which helps only after a restart. */
    void setFailsSync(boolean fails);
}

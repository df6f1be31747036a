package io.annulus.simulator;

import java.util.function.Consumer;

/**
 * One operation in the log of a simulated storage engine.
 *
 * @param effect what it does to the synced state of the disk
 * @param done called on the loop when it is synced and visible
 * @param failed called on the loop when the engine was fenced instead
 */
record LogEntry(Consumer<SimulatedDisk> effect, Runnable done, Consumer<Throwable> failed) {

    void applyTo(SimulatedDisk disk) {
        effect.accept(disk);
    }
}

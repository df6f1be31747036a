package io.annulus.itests.simulation;

import io.annulus.simulator.SimulatedWorld;
import io.annulus.storage.testkit.LsmStore;
import java.util.function.Consumer;

/** What the nodes of a run keep their data in. */
public enum StoreKind {
    /** The simulator's own maps. */
    MAP(world -> {}),
    /** Production's engine on simulated files. */
    LSM(world -> world.storeIn(LsmStore::new));

    private final Consumer<SimulatedWorld> choice;

    StoreKind(Consumer<SimulatedWorld> choice) {
        this.choice = choice;
    }

    /** Has nodes that are added to a world from now on use it. */
    void useIn(SimulatedWorld world) {
        choice.accept(world);
    }
}

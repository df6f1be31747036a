package io.annulus.simulator;

/** What a name on a simulated disk stands for. */
sealed interface SimulatedEntry permits SimulatedFile, SimulatedFolder {

    /** The same, with everything synced. */
    SimulatedEntry copy();

    /** Loses, as drawn, what was not synced. */
    void lose(SimulatedRandom random);
}

package io.annulus.simulator;

import java.util.Map;
import java.util.Set;

/** What a name on a simulated disk stands for. */
sealed interface SimulatedEntry permits SimulatedFile, SimulatedFolder {

    /**
     * The same, with everything synced.
     *
     * @param copies of the files that were copied already: a file of two names is copied once
     */
    SimulatedEntry copy(Map<SimulatedFile, SimulatedFile> copies);

    /**
     * Loses, as drawn, what was not synced.
     *
     * @param done the files that lost already: a file of two names loses once
     */
    void lose(SimulatedRandom random, Set<SimulatedFile> done);

    /** What would be left of it after a power cut, on another disk; this one is as it was. */
    SimulatedEntry survivor(Survivors survivors);
}

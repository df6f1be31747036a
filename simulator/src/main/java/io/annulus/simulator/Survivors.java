package io.annulus.simulator;

import java.util.HashMap;
import java.util.Map;

/**
 * What a power cut would leave of the entries of a disk, made on another disk; a file of two names is made once.
 *
 * @param disk the other one
 * @param random what is lost is drawn from it
 * @param made those that were made, by the entry that they are left of
 */
record Survivors(SimulatedFiles disk, SimulatedRandom random, Map<SimulatedEntry, SimulatedEntry> made) {

    Survivors(SimulatedFiles disk, SimulatedRandom random) {
        this(disk, random, new HashMap<>());
    }

    /** What is left of an entry. */
    SimulatedEntry of(SimulatedEntry entry) {
        SimulatedEntry left = made.get(entry);
        if (left == null) {
            left = entry.survivor(this);
            made.put(entry, left);
        }
        return left;
    }
}

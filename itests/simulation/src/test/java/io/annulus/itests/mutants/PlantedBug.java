package io.annulus.itests.mutants;

import io.annulus.testkit.wiring.Seams;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A bug that the judges must find.
 *
 * @param name what is wrong, in a few words
 * @param trap the trap that it falls into, by its number in the list of known ones
 * @param judge the judge that must find it
 * @param profile in which circumstances
 * @param budget within how many seeds, from 1
 * @param seams what puts it between the parts; made anew for each run
 * @param control what stands there in the same circumstances without the bug
 */
record PlantedBug(
        String name,
        String trap,
        String judge,
        Profile profile,
        int budget,
        Supplier<Seams> seams,
        Supplier<Seams> control) {

    PlantedBug {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(trap, "trap");
        Objects.requireNonNull(judge, "judge");
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(seams, "seams");
        Objects.requireNonNull(control, "control");
    }

    @Override
    public String toString() {
        return name;
    }
}

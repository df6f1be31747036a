package io.annulus.simulator.judge;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What may be the case at some time: what a register holds, and which of the steps that have been called and have not ended
 * have taken effect already. Immutable: nobody changes the set.
 *
 * @param state number of the value held
 * @param done numbers of the open steps that have taken effect
 * @param unseen whether the last of them was a write of unknown outcome that nobody has seen: a step that sees it comes next
 */
record Configuration(int state, BitSet done, boolean unseen) {

    static final Configuration START = new Configuration(RegisterValues.NOTHING, new BitSet(), false);

    private record Kin(int state, BitSet required) {}

    Configuration with(int step, int newState) {
        BitSet more = (BitSet) done.clone();
        more.set(step);
        return new Configuration(newState, more, false);
    }

    Configuration without(List<Integer> steps) {
        BitSet fewer = (BitSet) done.clone();
        steps.forEach(fewer::clear);
        return new Configuration(state, fewer, unseen);
    }

    /** Those that have not used more of the optional steps than another one that is the same otherwise. */
    static Set<Configuration> withoutDominated(Set<Configuration> configurations, BitSet optional) {
        Map<Kin, List<Configuration>> kept = new HashMap<>();
        for (Configuration candidate : configurations) {
            BitSet required = (BitSet) candidate.done.clone();
            required.andNot(optional);
            List<Configuration> kin =
                    kept.computeIfAbsent(new Kin(candidate.state, required), same -> new ArrayList<>());
            if (kin.stream().noneMatch(other -> candidate.contains(other))) {
                kin.removeIf(other -> other.contains(candidate));
                kin.add(candidate);
            }
        }
        Set<Configuration> left = new LinkedHashSet<>();
        for (Configuration candidate : configurations) {
            BitSet required = (BitSet) candidate.done.clone();
            required.andNot(optional);
            if (kept.get(new Kin(candidate.state, required)).contains(candidate)) {
                left.add(candidate);
            }
        }
        return left;
    }

    private boolean contains(Configuration other) {
        BitSet missing = (BitSet) other.done.clone();
        missing.andNot(done);
        return missing.isEmpty();
    }
}

package io.annulus.simulator.judge;

import io.annulus.simulator.history.History;
import io.annulus.simulator.history.Operation;
import io.annulus.simulator.history.ReplicaState;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/**
 * All replicas of a key hold the same at the end: values, count and digest of the record.
 *
 * <p>Not seen: that all replicas hold the same wrong thing, and a replica whose state nobody looked at.
 */
public final class ConvergenceJudge implements Judge {

    private record Held(Set<String> values, OptionalLong count, long digest) {

        static Held by(ReplicaState state) {
            return new Held(new TreeSet<>(state.values()), state.count(), state.digest());
        }

        @Override
        public String toString() {
            return values + (count.isPresent() ? " count " + count.getAsLong() : "") + " digest "
                    + Long.toHexString(digest);
        }
    }

    @Override
    public String name() {
        return "convergence";
    }

    @Override
    public List<Violation> judge(History history) {
        List<Violation> violations = new ArrayList<>();
        for (KeyHistory key : KeyHistory.of(history)) {
            for (ReplicaState state : key.finals()) {
                ReplicaState first = key.finals().get(0);
                if (!Held.by(state).equals(Held.by(first))) {
                    String text = "replica " + state.replica() + " holds " + Held.by(state)
                            + " at the end, and replica " + first.replica() + " " + Held.by(first);
                    violations.add(key.violation(this, text, writersOfDifference(key, first, state)));
                }
            }
        }
        return violations;
    }

    private static List<Integer> writersOfDifference(KeyHistory key, ReplicaState one, ReplicaState other) {
        return key.writes().stream()
                .filter(write -> write.value()
                        .filter(value ->
                                one.values().contains(value) != other.values().contains(value))
                        .isPresent())
                .map(Operation::index)
                .toList();
    }
}

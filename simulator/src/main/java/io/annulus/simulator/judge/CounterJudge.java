package io.annulus.simulator.judge;

import io.annulus.simulator.history.Function;
import io.annulus.simulator.history.History;
import io.annulus.simulator.history.Mode;
import io.annulus.simulator.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Additions add up. The end, to last reads and replicas, is the sum of all acknowledged additions and of some of those whose
 * fate is unknown; those count as unknown too that all their replicas may have lost ({@link Loss}). A read on the way is the
 * sum of what it claims to have met ({@link Claims}) and of some of the other additions that had begun.
 *
 * <p>Not seen: which of very many unknown additions happened ({@link SubsetSums}); keys that are deleted as well, since a
 * delete resets the counter to what its context did not cover.
 */
public final class CounterJudge implements Judge {

    @Override
    public String name() {
        return "counter";
    }

    @Override
    public List<Violation> judge(History history) {
        List<Violation> violations = new ArrayList<>();
        for (KeyHistory key : KeyHistory.of(history, Mode.COUNTER)) {
            if (key.writes().stream().allMatch(write -> write.function() == Function.ADD)) {
                key.forEachLook((sight, certain) -> judge(key, sight, certain).ifPresent(violations::add));
            }
        }
        return violations;
    }

    private Optional<Violation> judge(KeyHistory key, Sight sight, Predicate<Operation> certain) {
        long sum = 0;
        List<Long> perhaps = new ArrayList<>();
        List<Integer> proof = new ArrayList<>(sight.operations());
        for (Operation write : key.writes()) {
            if (certain.test(write)) {
                sum = Math.addExact(sum, number(write));
                proof.add(write.index());
            } else if (sight.maySee(write)) {
                perhaps.add(number(write));
                proof.add(write.index());
            }
        }
        long count = sight.count().orElse(0);
        return SubsetSums.reach(Math.subtractExact(count, sum), perhaps)
                ? Optional.empty()
                : Optional.of(key.violation(
                        this,
                        sight.where() + " counts " + count + ", and " + sum + " is certain, with any of " + perhaps
                                + " besides",
                        proof));
    }

    private static long number(Operation add) {
        String text = add.value().orElse("");
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "operation " + add.index() + " adds '" + text + "' to counter " + add.key()
                            + "; add a whole number",
                    e);
        }
    }
}

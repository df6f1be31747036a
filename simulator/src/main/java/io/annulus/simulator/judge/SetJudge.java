package io.annulus.simulator.judge;

import io.annulus.simulator.history.Function;
import io.annulus.simulator.history.History;
import io.annulus.simulator.history.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A set holds what was added, less what removals had seen of it. At the end, to last reads and replicas, for all acknowledged
 * writes but those that all their replicas may have lost ({@link Loss}); on the way, for those that a read claims to have met
 * ({@link Claims}). {@link AddWins} says what that means and what is not seen.
 */
public final class SetJudge implements Judge {

    @Override
    public String name() {
        return "set";
    }

    @Override
    public List<Violation> judge(History history) {
        List<Violation> violations = new ArrayList<>();
        for (KeyHistory key : KeyHistory.of(history, Mode.SET)) {
            AddWins set = new AddWins(key, Function.SADD, Function.SREM, UnaryOperator.identity(), false);
            key.forEachLook((sight, certain) -> violations.addAll(set.judge(this, sight, certain)));
        }
        return violations;
    }
}

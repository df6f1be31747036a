package io.annulus.simulator.judge;

import io.annulus.simulator.history.History;
import io.annulus.simulator.history.Mode;
import io.annulus.simulator.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Registers are linearizable: for each key there is one order of its puts, deletes, compare-and-sets and reads, in which each
 * takes effect between its invocation and its answer and which explains all answers (Herlihy, Wing, "Linearizability", 1990).
 * Keys are judged one by one, as linearizability is local.
 *
 * <p>A write of unknown outcome takes effect at any later time or never; a read without an answer is ignored. Where receipts
 * are given, a read counts when its receipt says that it is atomic, and an acknowledged write that claims no overlap is held
 * for unknown.
 *
 * <p>The search is bounded. A key beyond the bound is undecided, which is no pass: it is told among the violations, and its
 * text begins so.
 */
public final class LinearizableJudge implements Judge {

    /** Most steps of the search for one key; some ten seconds. A history of ten open operations takes some thousands. */
    static final int MAX_STEPS = 5_000_000;

    private final int maxSteps;

    /** With the usual bound. */
    public LinearizableJudge() {
        this(MAX_STEPS);
    }

    LinearizableJudge(int maxSteps) {
        this.maxSteps = maxSteps;
    }

    @Override
    public String name() {
        return "linearizable";
    }

    @Override
    public List<Violation> judge(History history) {
        List<Violation> violations = new ArrayList<>();
        history.byKey(Mode.REGISTER).forEach((key, operations) -> {
            Optional<Operation> siblings = operations.stream()
                    .filter(operation -> operation.values().size() > 1)
                    .findFirst();
            if (siblings.isPresent()) {
                String text = "a register has one value, and a read shows "
                        + siblings.get().values();
                violations.add(Violations.of(name(), key, text, siblings.get(), List.of()));
                return;
            }
            LinearizationSearch search = new LinearizationSearch(RegisterStep.of(operations), maxSteps);
            switch (search.run()) {
                case NO_ORDER -> violations.add(violation(key, search));
                case GIVEN_UP -> violations.add(undecided(key));
                case ORDER -> {
                    // Nothing to report.
                }
            }
        });
        return violations;
    }

    private Violation undecided(String key) {
        return new Violation(
                name(),
                key,
                "undecided: the search for an order of the operations was given up after " + maxSteps
                        + " steps; let fewer clients work on one key at a time",
                List.of());
    }

    private Violation violation(String key, LinearizationSearch search) {
        Operation last = search.stuckAt().operation();
        return Violations.of(
                name(),
                key,
                "no order explains all answers up to the end of operation " + last.index() + ", " + search.stuckAt()
                        + "; before it the register may have held " + search.statesBefore(),
                last,
                search.openThen().stream().map(RegisterStep::operation).toList());
    }
}

package io.annulus.simulator.judge;

import io.annulus.simulator.judge.RegisterStep.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Searches an order of the steps of one register that explains all answers: the algorithm of Wing and Gong with memoisation,
 * in the just-in-time form (Lowe, "Testing for linearizability", 2017, sections 4 and 5). It walks through calls and ends in
 * the order of time and keeps all {@link Configuration}s that explain what has ended so far. At the end of a step it lets open
 * steps take effect, in every order, until that step has; so the first end after which none is left is the end of the
 * smallest prefix that no order explains.
 *
 * <p>What keeps it small: a step that only observes takes effect as soon as it can, since that harms no other; a write of
 * unknown outcome takes effect right before a step that sees it, or not at all; of such writes that do the same the one that
 * was called first goes first; values that nobody asks for are one and the same; a configuration that has used up more writes
 * of unknown outcome than another one, all else equal, is dropped. Used once, by one thread.
 */
final class LinearizationSearch {

    /** How a search ends. */
    enum Outcome {
        /** An order explains all answers. */
        ORDER,
        /** None does; {@link #stuckAt()} tells where. */
        NO_ORDER,
        /** The bound was reached. */
        GIVEN_UP
    }

    private record Moment(long nanos, boolean end, int step) {}

    private final RegisterValues values;
    private final List<RegisterStep> steps;
    private final int maxSteps;
    private final List<Integer> open = new ArrayList<>();
    private final BitSet optional = new BitSet();
    private Set<Configuration> configurations = new LinkedHashSet<>(List.of(Configuration.START));
    private int taken;
    private Optional<RegisterStep> stuckAt = Optional.empty();

    LinearizationSearch(List<RegisterStep> steps, int maxSteps) {
        this.values = new RegisterValues(steps);
        this.steps = steps;
        this.maxSteps = maxSteps;
    }

    Outcome run() {
        for (Moment moment : moments()) {
            forget(moment.nanos());
            if (!moment.end()) {
                call(moment.step());
                continue;
            }
            Set<Configuration> explained = explain(moment.step());
            if (taken > maxSteps) {
                return Outcome.GIVEN_UP;
            }
            if (explained.isEmpty()) {
                stuckAt = Optional.of(steps.get(moment.step()));
                return Outcome.NO_ORDER;
            }
            configurations = explained;
            open.remove((Integer) moment.step());
        }
        return Outcome.ORDER;
    }

    /** The step whose end no order explains. */
    RegisterStep stuckAt() {
        return stuckAt.orElseThrow(() -> new IllegalStateException("the search has not ended without an order"));
    }

    /** What the register may have held before {@link #stuckAt()} ended, for people. */
    Set<String> statesBefore() {
        Set<String> states = new TreeSet<>();
        configurations.forEach(configuration -> states.add(values.text(configuration.state())));
        return states;
    }

    /** Steps that might have taken effect when {@link #stuckAt()} ended, itself among them. */
    List<RegisterStep> openThen() {
        return open.stream().map(steps::get).toList();
    }

    /** Calls and ends in the order of time; at one time calls first, so that the two overlap. */
    private List<Moment> moments() {
        List<Moment> moments = new ArrayList<>();
        for (int i = 0; i < steps.size(); i++) {
            RegisterStep step = steps.get(i);
            if (!step.isOptional()) {
                moments.add(new Moment(step.endNanos(), true, i));
            }
            if (!step.isOptional() || values.lastUseNanos(i) >= step.operation().startNanos()) {
                moments.add(new Moment(step.operation().startNanos(), false, i));
            }
        }
        moments.sort(Comparator.comparingLong(Moment::nanos)
                .thenComparing(Moment::end)
                .thenComparing(Moment::step));
        return moments;
    }

    private void call(int step) {
        open.add(step);
        if (steps.get(step).isOptional()) {
            optional.set(step);
        }
        if (steps.get(step).isObserver()) {
            Set<Configuration> observed = new LinkedHashSet<>();
            configurations.forEach(before ->
                    observed.add(values.accepts(step, before.state()) ? before.with(step, before.state()) : before));
            configurations = observed;
        }
    }

    /** Open writes of unknown outcome that nobody can see any more make no difference. */
    private void forget(long nanos) {
        List<Integer> useless = open.stream()
                .filter(step -> optional.get(step) && values.lastUseNanos(step) < nanos)
                .toList();
        if (!useless.isEmpty()) {
            open.removeAll(useless);
            Set<Configuration> fewer = new LinkedHashSet<>();
            configurations.forEach(configuration -> fewer.add(configuration.without(useless)));
            configurations = Configuration.withoutDominated(fewer, optional);
        }
    }

    /** All configurations in which a step has taken effect, and nothing more than had to. */
    private Set<Configuration> explain(int step) {
        Set<Configuration> explained = new LinkedHashSet<>();
        Set<Configuration> visited = new HashSet<>();
        Deque<Configuration> todo = new ArrayDeque<>(configurations);
        while (!todo.isEmpty() && taken <= maxSteps) {
            Configuration next = todo.pop();
            if (next.done().get(step)) {
                explained.add(next.without(List.of(step)));
            } else if (visited.add(next)) {
                successors(next, todo);
            }
        }
        return Configuration.withoutDominated(explained, optional);
    }

    private void successors(Configuration before, Deque<Configuration> found) {
        Set<RegisterValues.Effect> tried = new HashSet<>();
        for (int step : open) {
            RegisterStep what = steps.get(step);
            boolean possible = !before.done().get(step)
                    && !what.isObserver()
                    && values.accepts(step, before.state())
                    && (!before.unseen() || what.kind() == Kind.SWAP)
                    && (!what.isOptional() || tried.add(values.effect(step)));
            if (possible) {
                taken++;
                found.push(observed(before.with(step, values.written(step)), what.isOptional()));
            }
        }
    }

    /** Lets all open steps that observe what is there now take effect. */
    private Configuration observed(Configuration written, boolean needsObserver) {
        BitSet done = (BitSet) written.done().clone();
        for (int step : open) {
            if (steps.get(step).isObserver() && values.accepts(step, written.state())) {
                done.set(step);
            }
        }
        boolean seen = !needsObserver || !done.equals(written.done());
        return new Configuration(written.state(), done, !seen);
    }
}

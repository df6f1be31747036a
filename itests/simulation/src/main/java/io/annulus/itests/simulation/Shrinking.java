package io.annulus.itests.simulation;

import io.annulus.simulator.Fault;
import io.annulus.simulator.FaultPlan;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Function;

/**
 * Looks for a shorter run that fails as well. The same seed under the same faults has the same beginning, so the time is
 * bisected first; then each kind of fault is left out that the failure does not need.
 */
final class Shrinking {

    private static final Duration SHORTEST = Duration.ofMillis(100);
    private static final int BISECTIONS = 10;

    private final Function<RunConfig, RunResult> runner;
    private RunResult best;

    private Shrinking(Function<RunConfig, RunResult> runner, RunResult failed) {
        this.runner = runner;
        this.best = failed;
    }

    /** A shorter run that fails, or the given one. */
    static RunResult shrink(RunResult failed, Function<RunConfig, RunResult> runner) {
        Shrinking shrinking = new Shrinking(runner, failed);
        shrinking.bisectTime();
        shrinking.leaveFaultsOut();
        shrinking.bisectTime();
        return shrinking.best;
    }

    private void bisectTime() {
        Duration passes = Duration.ZERO;
        for (int i = 0; i < BISECTIONS && gap(passes).compareTo(SHORTEST) > 0; i++) {
            Duration middle = passes.plus(gap(passes).dividedBy(2));
            if (!accepts(best.config().withDuration(Duration.ofMillis(middle.toMillis())))) {
                passes = middle;
            }
        }
    }

    private Duration gap(Duration passes) {
        return best.config().duration().minus(passes);
    }

    private void leaveFaultsOut() {
        for (Fault fault : best.config().faults().faults()) {
            FaultPlan plan = best.config().faults();
            Set<Fault> fewer = EnumSet.copyOf(plan.faults());
            fewer.remove(fault);
            accepts(best.config()
                    .withFaults(new FaultPlan(fewer, plan.maxDown(), plan.maxDamaged(), plan.meanInterval())));
        }
    }

    private boolean accepts(RunConfig shorter) {
        RunResult result = runner.apply(shorter);
        if (result.failed()) {
            best = result;
        }
        return result.failed();
    }
}

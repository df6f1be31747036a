package io.annulus.itests.simulation;

import io.annulus.simulator.Fault;
import io.annulus.simulator.history.Answer.Ending;
import java.util.EnumMap;
import java.util.Map;

/** Adds up what runs did. Confined to one thread. */
final class Tally {

    private final Map<Ending, Integer> endings = new EnumMap<>(Ending.class);
    private final Map<Fault, Integer> struck = new EnumMap<>(Fault.class);
    private int runs;
    private int failed;

    void add(RunResult result) {
        runs++;
        failed += result.failed() ? 1 : 0;
        result.endings().forEach((ending, count) -> endings.merge(ending, count, Integer::sum));
        result.struck().forEach((fault, count) -> struck.merge(fault, count, Integer::sum));
    }

    int runs() {
        return runs;
    }

    int failed() {
        return failed;
    }

    int operations() {
        return endings.values().stream().mapToInt(Integer::intValue).sum();
    }

    Map<Fault, Integer> struck() {
        return struck;
    }

    @Override
    public String toString() {
        int faults = struck.values().stream().mapToInt(Integer::intValue).sum();
        return runs + " runs, " + failed + " failed; " + operations() + " operations " + endings + "; " + faults
                + " faults " + struck;
    }
}

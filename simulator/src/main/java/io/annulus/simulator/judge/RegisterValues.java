package io.annulus.simulator.judge;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The steps of one register in numbers: the values that are read or expected have one each, all others share one, as nobody
 * can tell them apart. Immutable.
 */
final class RegisterValues {

    /** The state of a register that holds nothing. */
    static final int NOTHING = 0;

    private static final int UNTOLD = 1;

    /** What a step does, in numbers; two open steps of unknown outcome with the same effect are exchangeable. */
    record Effect(RegisterStep.Kind kind, int expected, int written) {}

    private final List<RegisterStep> steps;
    private final Map<Optional<String>, Integer> numbers = new HashMap<>();
    private final List<String> texts = new ArrayList<>(List.of("nothing", "a value that nobody read"));
    private final List<Effect> effects = new ArrayList<>();
    private final long[] lastUseNanos;

    RegisterValues(List<RegisterStep> steps) {
        this.steps = steps;
        numbers.put(Optional.empty(), NOTHING);
        for (RegisterStep step : steps) {
            if (step.kind() != RegisterStep.Kind.WRITE && numbers.putIfAbsent(step.expected(), texts.size()) == null) {
                texts.add(RegisterStep.text(step.expected()));
            }
        }
        for (RegisterStep step : steps) {
            int expected = numbers.getOrDefault(step.expected(), UNTOLD);
            effects.add(new Effect(step.kind(), expected, numbers.getOrDefault(step.written(), UNTOLD)));
        }
        lastUseNanos = new long[steps.size()];
        Arrays.fill(lastUseNanos, Long.MIN_VALUE);
        findLastUses();
    }

    Effect effect(int step) {
        return effects.get(step);
    }

    int written(int step) {
        return effects.get(step).written();
    }

    boolean accepts(int step, int state) {
        Effect effect = effects.get(step);
        return switch (effect.kind()) {
            case WRITE -> true;
            case SWAP, READ -> state == effect.expected();
            case MISMATCH -> state != effect.expected();
        };
    }

    /** The last time at which a step can see what an optional step wrote; the least number when none ever can. */
    long lastUseNanos(int step) {
        return lastUseNanos[step];
    }

    String text(int state) {
        return texts.get(state);
    }

    /** An optional compare-and-set needs to see a value no longer than somebody needs to see its own; hence the repetition. */
    private void findLastUses() {
        boolean changed = true;
        while (changed) {
            changed = false;
            Map<Integer, Long> uses = new HashMap<>();
            long mismatches = Long.MIN_VALUE;
            for (int i = 0; i < steps.size(); i++) {
                long until = steps.get(i).isOptional()
                        ? lastUseNanos[i]
                        : steps.get(i).endNanos();
                switch (effects.get(i).kind()) {
                    case SWAP, READ -> uses.merge(effects.get(i).expected(), until, Math::max);
                    case MISMATCH -> mismatches = Math.max(mismatches, until);
                    case WRITE -> {
                        // Sees nothing.
                    }
                }
            }
            for (int i = 0; i < steps.size(); i++) {
                long last =
                        Math.max(mismatches, uses.getOrDefault(effects.get(i).written(), Long.MIN_VALUE));
                changed |= steps.get(i).isOptional() && last > lastUseNanos[i];
                lastUseNanos[i] = Math.max(lastUseNanos[i], last);
            }
        }
    }
}

package io.annulus.simulator.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.simulator.history.History;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against histories of a real register, and against a search by brute force. */
class LinearizableJudgeRandomTest {

    private final LinearizableJudge judge = new LinearizableJudge();

    @Test
    void historiesOfARegisterAreGood() {
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            History history = RandomRegisterHistory.of(random, 1 + random.nextInt(10), 1 + random.nextInt(300));

            assertEquals(List.of(), judge.judge(history), "seed " + seed);
        }
    }

    @Test
    void historiesWithOneWrongReadAreBad() {
        int bad = 0;
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            History history = RandomRegisterHistory.of(random, 1 + random.nextInt(10), 200);

            bad += judge.judge(RandomRegisterHistory.withWrongRead(history, random))
                    .size();
        }

        // The others fell on a value that another order explains.
        assertTrue(bad >= 190, bad + " of 200 are found");
    }

    @Test
    void agreesWithBruteForceOnSmallHistories() {
        int good = 0;
        int bad = 0;
        for (int seed = 0; seed < 3_000; seed++) {
            Random random = new Random(seed);
            History history = RandomRegisterHistory.of(random, 1 + random.nextInt(4), 2 + random.nextInt(6));
            for (int i = random.nextInt(3); i > 0; i--) {
                history = RandomRegisterHistory.withWrongRead(history, random);
            }

            boolean expected = hasOrder(RegisterStep.of(history.operations()), Optional.empty());

            assertEquals(expected, judge.judge(history).isEmpty(), "seed " + seed + ": " + history.operations());
            good += expected ? 1 : 0;
            bad += expected ? 0 : 1;
        }
        assertTrue(good > 400 && bad > 400, good + " good and " + bad + " bad ones");
    }

    @Test
    void tenClientsAndManyUnknownWritesAreJudgedQuickly() {
        assertTimeout(Duration.ofSeconds(10), () -> {
            for (int seed = 0; seed < 5; seed++) {
                judge.judge(RandomRegisterHistory.of(new Random(seed), 10, 1_000));
            }
        });
    }

    /** Wing and Gong without any thought: any step that none other precedes may be the next; optional ones may be last. */
    private static boolean hasOrder(List<RegisterStep> left, Optional<String> state) {
        if (left.stream().allMatch(RegisterStep::isOptional)) {
            return true;
        }
        for (RegisterStep next : left) {
            boolean first = left.stream()
                    .noneMatch(other -> other.endNanos() < next.operation().startNanos());
            if (first) {
                Optional<Optional<String>> after = apply(next, state);
                List<RegisterStep> rest = new ArrayList<>(left);
                rest.remove(next);
                if (after.isPresent() && hasOrder(rest, after.get())) {
                    return true;
                }
            }
        }
        return false;
    }

    private static Optional<Optional<String>> apply(RegisterStep step, Optional<String> state) {
        return switch (step.kind()) {
            case WRITE -> Optional.of(step.written());
            case SWAP -> state.equals(step.expected()) ? Optional.of(step.written()) : Optional.empty();
            case READ -> state.equals(step.expected()) ? Optional.of(state) : Optional.empty();
            case MISMATCH -> state.equals(step.expected()) ? Optional.empty() : Optional.of(state);
        };
    }
}

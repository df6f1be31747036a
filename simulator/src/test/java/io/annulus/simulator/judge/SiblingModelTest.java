package io.annulus.simulator.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.simulator.history.History;
import io.annulus.simulator.judge.SiblingModel.Flaw;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class SiblingModelTest {

    private static final int SEEDS = 400;
    private static final int OPERATIONS = 60;

    @Test
    void aSoundStoreIsAccepted() {
        for (long seed = 0; seed < SEEDS; seed++) {
            History history = new SiblingModel(seed, Flaw.NONE).run(OPERATIONS);

            assertEquals(List.of(), Judges.judge(history, Duration.ofSeconds(1)), "seed " + seed + ": " + history);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void aFlawedOneIsFound(Flaw flaw) {
        assertTrue(LongStream.range(0, SEEDS)
                .mapToObj(seed -> new SiblingModel(seed, flaw).run(OPERATIONS))
                .anyMatch(history -> !siblingsAndReceipts(history).isEmpty()));
    }

    private static List<Violation> siblingsAndReceipts(History history) {
        return Judges.judge(history, List.of(new SiblingJudge(), new ReceiptJudge()));
    }
}

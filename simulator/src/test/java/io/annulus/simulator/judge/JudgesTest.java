package io.annulus.simulator.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.simulator.history.History;
import io.annulus.simulator.history.Mode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JudgesTest {

    static Stream<Judge> judges() {
        return Judges.standard(LivenessJudgeTest.BOUND).stream();
    }

    static Stream<Case> goodOnes() {
        return cases().filter(Case::isGood);
    }

    @ParameterizedTest
    @MethodSource("judges")
    void eachJudgeRejectsSomething(Judge judge) {
        assertTrue(cases().filter(written -> !written.isGood())
                .anyMatch(written -> !judge.judge(written.history()).isEmpty()));
    }

    @ParameterizedTest
    @MethodSource("goodOnes")
    void noJudgeRejectsWhatAnotherOneAccepts(Case written) {
        assertEquals(List.of(), Judges.judge(written.history(), LivenessJudgeTest.BOUND));
    }

    @Test
    void judgesHaveNamesOfTheirOwn() {
        Set<String> names = new HashSet<>();

        assertTrue(judges().allMatch(judge -> names.add(judge.name())), names::toString);
    }

    @Test
    void anEmptyHistoryIsSound() {
        History nothing = HistoryScript.of(Mode.SIBLINGS, "");

        assertEquals(List.of(), Judges.judge(nothing, LivenessJudgeTest.BOUND));
    }

    @Test
    void violationsAreToldInTheSameOrderEachTime() {
        History history = HistoryScript.of(Mode.SIBLINGS, """
                peace 0
                c1 put k v1 0..10 ok
                c2 put j v1 0..200 ok
                c3 get k last 20..30 ok v8,v9
                c4 get j last 220..230 ok v7
                state n1 k v3
                state n2 k v4
                """);

        List<Violation> first = Judges.judge(history, LivenessJudgeTest.BOUND);

        assertFalse(first.isEmpty());
        assertEquals(first, Judges.judge(history, LivenessJudgeTest.BOUND));
    }

    private static Stream<Case> cases() {
        return Stream.of(
                        OriginJudgeTest.cases(),
                        SiblingJudgeTest.cases(),
                        LastWriteWinsJudgeTest.cases(),
                        CounterJudgeTest.cases(),
                        SetJudgeTest.cases(),
                        MapJudgeTest.cases(),
                        ReceiptJudgeTest.cases(),
                        ConvergenceJudgeTest.cases(),
                        LivenessJudgeTest.cases(),
                        ofOtherTests())
                .flatMap(Function.identity());
    }

    /** One for each judge whose test is not written in cases. */
    private static Stream<Case> ofOtherTests() {
        return Stream.of(
                Case.bad("new, then old", Mode.REGISTER, """
                        c1 put k v1 0..10 ok
                        c1 put k v2 20..30 ok
                        c2 get k 40..50 ok v1
                        """, "linearizable, regular"),
                Case.bad("its own write is missing", Mode.SIBLINGS, """
                        promise READ_YOUR_WRITES
                        c1 put k v1 0..10 ok
                        c1 get k r=1 20..30 ok none
                        """, "session"));
    }
}

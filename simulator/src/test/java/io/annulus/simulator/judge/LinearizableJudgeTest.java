package io.annulus.simulator.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.simulator.history.History;
import io.annulus.simulator.history.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;

class LinearizableJudgeTest {

    private static List<Violation> judge(String lines) {
        return new LinearizableJudge().judge(HistoryScript.of(Mode.REGISTER, lines));
    }

    private static void assertGood(String lines) {
        assertEquals(List.of(), judge(lines));
    }

    /** That no order exists, first shown by the end of the operation of the given index. */
    private static void assertBad(int last, String lines) {
        List<Violation> violations = judge(lines);
        assertEquals(1, violations.size(), lines);
        String text = violations.get(0).text();
        assertTrue(text.contains("end of operation " + last + ",") || text.contains("one value"), text);
        assertTrue(violations.get(0).operations().contains(last), violations.toString());
    }

    @Test
    void readsOfTheLastWriteAreGood() {
        assertGood("""
                c1 get k 0..1 ok none
                c1 put k v1 2..3 ok
                c2 get k 4..5 ok v1
                c2 delete k 6..7 ok
                c1 get k 8..9 ok none
                """);
    }

    @Test
    void staleReadIsBad() {
        assertBad(2, "c1 put k v1 0..1 ok\nc1 put k v2 2..3 ok\nc2 get k 4..5 ok v1");
    }

    @Test
    void concurrentReadMaySeeEither() {
        assertGood("""
                c1 put k v1 0..1 ok
                c1 put k v2 2..9 ok
                c2 get k 3..4 ok v1
                c3 get k 5..6 ok v2
                """);
    }

    @Test
    void answerAndCallAtOneMomentOverlap() {
        assertGood("c1 put k v1 0..5 ok\nc2 get k 5..6 ok none");
    }

    @Test
    void newValueThenOldValueIsBad() {
        assertBad(3, """
                c1 put k v1 0..1 ok
                c1 put k v2 2..9 ok
                c2 get k 3..4 ok v2
                c3 get k 5..6 ok v1
                """);
    }

    @Test
    void valueFromNowhereIsBad() {
        assertBad(1, "c1 put k v1 0..1 ok\nc2 get k 2..3 ok v9");
        assertBad(1, "c1 put k v1 0..1 fail quota\nc2 get k 2..3 ok v1");
        assertBad(0, "c2 get k 0..1 ok v1\nc1 put k v1 2..3 ok");
    }

    @Test
    void twoValuesAreBad() {
        assertBad(2, "c1 put k v1 0..1 ok\nc2 put k v2 0..1 ok\nc3 get k 2..3 ok v1,v2");
    }

    @Test
    void oldValueAfterADeleteIsBad() {
        assertBad(2, "c1 put k v1 0..1 ok\nc1 delete k 2..3 ok\nc2 get k 4..5 ok v1");
    }

    @Test
    void compareAndSetTakesTurns() {
        assertGood("""
                c1 cas k none>v1 0..5 ok
                c2 cas k none>v2 0..5 fail mismatch
                c2 cas k v1>v3 6..7 ok
                c1 get k 8..9 ok v3
                """);
    }

    @Test
    void updateLostByCompareAndSetIsBad() {
        assertBad(2, """
                c1 put k v0 0..1 ok
                c1 cas k v0>v1 2..9 ok
                c2 cas k v0>v2 3..9 ok
                """);
    }

    @Test
    void compareAndSetThatMissesWhatIsThereIsBad() {
        assertBad(1, "c1 put k v0 0..1 ok\nc2 cas k v0>v1 2..3 fail mismatch");
    }

    @Test
    void mismatchMayBeDueToAnUnknownWriteThatNobodyReads() {
        assertGood("c1 put k v0 0..1 ok\nc2 put k v9 2..3 info\nc3 cas k v0>v1 4..5 fail mismatch");
        assertBad(3, """
                c1 put k v0 0..1 ok
                c2 put k v9 2..3 info
                c3 cas k v0>v1 4..5 fail mismatch
                c3 get k 6..7 ok v0
                """);
    }

    @Test
    void unknownWriteMaySurfaceLateOrNever() {
        assertGood("""
                c1 put k v1 0..1 ok
                c2 put k v2 2..3 info
                c3 get k 4..5 ok v1
                c3 put k v3 6..7 ok
                c3 get k 8..9 ok v2
                """);
        assertGood("c1 put k v1 0..1 ok\nc2 put k v2 2.. open\nc3 get k 4..5 ok v1");
    }

    @Test
    void unknownWriteThatComesAndGoesAndComesIsBad() {
        assertBad(4, """
                c1 put k v1 0..1 ok
                c2 put k v2 2..3 info
                c3 get k 4..5 ok v2
                c4 put k v3 6..7 ok
                c3 get k 8..9 ok v2
                """);
        assertBad(3, """
                c1 put k v1 0..1 ok
                c2 put k v2 2..3 info
                c3 get k 4..5 ok v2
                c3 get k 6..7 ok v1
                c3 get k 8..9 ok v2
                """);
    }

    @Test
    void unknownDeletesExplainOneDisappearanceEach() {
        String lines = """
                c1 put k v1 0..1 ok
                c2 delete k 2..3 info
                c3 get k 4..5 ok none
                c3 put k v2 6..7 ok
                c3 get k 8..9 ok none
                """;
        assertBad(4, lines);
        assertGood(lines + "c4 delete k 2..3 info");
    }

    @Test
    void unknownCompareAndSetNeedsWhatItExpects() {
        String lines = "c1 put k v1 0..1 ok\nc2 cas k v1>v2 2..3 info\nc3 get k 4..5 ok v2\n";
        assertGood(lines);
        assertBad(2, lines.replace("v1>v2", "v0>v2"));
        assertGood(lines.replace("v1>v2", "v0>v2") + "c4 put k v0 1..2 info");
    }

    @Test
    void readsThatClaimNoAtomicityAreLeftOut() {
        assertGood("c1 put k v1 0..1 ok OVERLAP\nc2 get k 2..3 ok none OVERLAP");
        assertGood("c1 put k v1 0..1 ok EVENTUAL\nc2 get k 2..3 ok none ATOMIC");
        assertBad(1, "c1 put k v1 0..1 ok OVERLAP\nc2 get k 2..3 ok none ATOMIC");
    }

    @Test
    void keysAreJudgedOneByOneAndOnlyRegisters() {
        History history = HistoryScript.of(Mode.SIBLINGS, """
                mode reg- register
                c1 put reg-a v1 0..1 ok
                c2 get reg-a 2..3 ok none
                c1 put reg-b v1 0..1 ok
                c2 get reg-b 2..3 ok v1
                c1 put sib v1 0..1 ok
                c2 get sib 2..3 ok none
                """);

        assertEquals(
                List.of("reg-a"),
                new LinearizableJudge()
                        .judge(history).stream().map(Violation::key).toList());
    }

    @Test
    void searchThatIsGivenUpIsReported() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            lines.append("c" + i + " put k v" + i + " 0..9 ok\nr" + i + " get k 0..9 ok v" + i + "\n");
        }
        History history = HistoryScript.of(Mode.REGISTER, lines.toString());

        List<Violation> found = new LinearizableJudge(10).judge(history);

        assertEquals(List.of("k"), found.stream().map(Violation::key).toList());
        assertTrue(found.get(0).text().startsWith("undecided: "), found::toString);
        assertEquals(List.of(), new LinearizableJudge().judge(history));
    }
}

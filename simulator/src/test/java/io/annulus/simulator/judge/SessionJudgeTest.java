package io.annulus.simulator.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.simulator.history.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionJudgeTest {

    private static final String RYW = "promise READ_YOUR_WRITES\n";
    private static final String MR = "promise MONOTONIC_READS\n";
    private static final String MW = "promise MONOTONIC_WRITES\n";
    private static final String WFR = "promise WRITES_FOLLOW_READS\n";

    private static List<Violation> judge(Mode mode, String lines) {
        return new SessionJudge().judge(HistoryScript.of(mode, lines));
    }

    private static void assertGood(Mode mode, String lines) {
        assertEquals(List.of(), judge(mode, lines));
    }

    private static void assertBad(Mode mode, String lines, String text, Integer... operations) {
        List<Violation> violations = judge(mode, lines);
        assertEquals(
                List.of(List.of(operations)),
                violations.stream().map(Violation::operations).toList());
        assertTrue(violations.get(0).text().contains(text), violations.toString());
    }

    @Test
    void ownWriteIsShownOrWhatReplacedIt() {
        String write = RYW + "c1 put k v1 w=1 0..1 ok ctx=A\n";

        assertGood(Mode.SIBLINGS, write + "c1 get k r=1 2..3 ok v1");
        assertBad(Mode.SIBLINGS, write + "c1 get k r=1 2..3 ok none", "misses v1", 0, 1);
        assertGood(Mode.SIBLINGS, write + "c2 get k r=1 2..3 ok none");
        assertGood(Mode.SIBLINGS, write + "c2 put k v2 ctx=A 2..3 info\nc1 get k r=1 4..5 ok v2");
        assertBad(Mode.SIBLINGS, write + "c2 put k v2 2..3 ok\nc1 get k r=1 4..5 ok v2", "misses v1", 0, 2);
    }

    @Test
    void ownWriteMayHaveBeenDeletedByWhoSawIt() {
        String write = RYW + "c1 put k v1 0..1 ok ctx=A\n";

        assertGood(Mode.SIBLINGS, write + "c2 delete k ctx=A 2..9 info\nc1 get k 3..4 ok none");
        assertGood(Mode.SIBLINGS, write + "c2 delete k ctx=A 2.. open\nc1 get k 3..4 ok none");
        assertBad(Mode.SIBLINGS, write + "c2 delete k 2..3 ok\nc1 get k 3..4 ok none", "misses v1", 0, 2);
        assertBad(Mode.SIBLINGS, write + "c2 delete k ctx=A 5..6 ok\nc1 get k 3..4 ok none", "misses v1", 0, 1);
    }

    @Test
    void replacementOfAReplacementAccountsToo() {
        assertGood(Mode.SIBLINGS, RYW + """
                        c1 put k v1 0..1 ok ctx=A
                        c2 get k 2..3 ok v1 ctx=B
                        c2 put k v2 ctx=B 4..5 info
                        c3 get k 6..7 ok v2 ctx=C
                        c3 put k v3 ctx=C 8..9 ok
                        c1 get k 10..11 ok v3
                        """);
    }

    @Test
    void ownDeleteAndOwnReplacementStay() {
        String write = RYW + "c1 put k v1 0..1 ok ctx=A\n";

        assertBad(Mode.SIBLINGS, write + "c1 delete k ctx=A 2..3 ok\nc1 get k 4..5 ok v1", "had deleted", 1, 2);
        assertGood(Mode.SIBLINGS, write + "c1 delete k 2..3 ok\nc1 get k 4..5 ok v1");
        assertBad(Mode.SIBLINGS, write + "c1 put k v2 ctx=A 2..3 ok\nc1 get k 4..5 ok v1,v2", "replaced by v2", 1, 2);
        assertGood(Mode.SIBLINGS, write + "c1 put k v2 2..3 ok\nc1 get k 4..5 ok v1,v2");
    }

    @Test
    void writeOfUnknownOrNoOutcomePromisesNothing() {
        assertGood(Mode.SIBLINGS, RYW + "c1 put k v1 0..1 info\nc1 get k 2..3 ok none");
        assertGood(Mode.REGISTER, RYW + "c1 put k v1 0..1 info\nc1 get k 2..3 ok none");
    }

    @Test
    void receiptsThatOverlapPromiseReadYourWrites() {
        assertBad(Mode.SIBLINGS, "c1 put k v1 0..1 ok OVERLAP\nc1 get k 2..3 ok none OVERLAP", "misses v1", 0, 1);
        assertGood(Mode.SIBLINGS, "c1 put k v1 0..1 ok SLOPPY\nc1 get k 2..3 ok none OVERLAP");
        assertGood(Mode.SIBLINGS, "c1 put k v1 0..1 ok OVERLAP\nc1 get k 2..3 ok none EVENTUAL");
        assertBad(Mode.REGISTER, "c1 put k v1 0..1 ok OVERLAP\nc1 get k 2..3 ok none OVERLAP", "wrote v1", 0, 1);
    }

    @Test
    void readsDoNotGoBackAmongSiblings() {
        String writes = MR + "c1 put k v1 0..1 ok ctx=A\nc1 put k v2 ctx=A 2..3 ok\nc3 put k v3 2..3 ok\n";

        assertGood(Mode.SIBLINGS, writes + "c2 get k 4..5 ok v1\nc2 get k 6..7 ok v2\nc2 get k 8..9 ok v2,v3");
        assertBad(Mode.SIBLINGS, writes + "c2 get k 4..5 ok v2,v3\nc2 get k 6..7 ok v2", "misses v3", 3, 4);
        assertGood(Mode.SIBLINGS, writes + "c2 get k 4..5 ok v2,v3\nc4 get k 6..7 ok v2");
        assertBad(
                Mode.SIBLINGS,
                writes + "c2 get k 4..5 ok v2\nc2 get k 6..7 ok v1,v2",
                "shows v1, which was replaced",
                3,
                4);
    }

    @Test
    void valueThatWasGoneStaysGone() {
        assertBad(Mode.SIBLINGS, MR + """
                        c1 put k v1 0..1 ok ctx=A
                        c1 delete k ctx=A 2..3 info
                        c2 get k 4..5 ok v1
                        c2 get k 6..7 ok none
                        c2 get k 8..9 ok v1
                        """, "v1 comes back", 2, 3, 4);
    }

    @Test
    void atomicReadsAreMonotonicAndOthersNeedNotBe() {
        String history = "c1 put k v1 0..9 ok\nc2 get k 1..2 ok v1 ATOMIC\nc2 get k 3..4 ok none ATOMIC";

        assertBad(Mode.SIBLINGS, history, "misses v1", 1, 2);
        assertBad(Mode.LWW, history, "saw [v1]", 0, 1, 2);
        assertGood(Mode.SIBLINGS, history.replace("none ATOMIC", "none OVERLAP"));
        assertGood(Mode.LWW, history.replace("v1 ATOMIC", "v1 OVERLAP"));
    }

    @Test
    void whoSeesAWriteSeesTheEarlierOnesOfItsProcess() {
        String writes = "c1 put k v1 0..1 ok\nc1 put k v2 2..3 ok\n";

        assertGood(Mode.SIBLINGS, MW + writes + "c2 get k 4..5 ok v1\nc3 get k 4..5 ok v1,v2");
        assertBad(Mode.SIBLINGS, MW + writes + "c2 get k 4..5 ok v2", "monotonic writes", 0, 1, 2);
        assertGood(Mode.SIBLINGS, RYW + writes + "c2 get k 4..5 ok v2");
        assertGood(Mode.SIBLINGS, MW + "c1 put k v1 0..1 ok ctx=A\nc1 put k v2 ctx=A 2..3 ok\nc2 get k 4..5 ok v2");
    }

    @Test
    void whoSeesAWriteSeesWhatItsProcessHadRead() {
        String history = "c1 put k v1 0..1 ok\nc2 get k 2..3 ok v1 ctx=A\nc2 put k v2 4..5 info\n";

        assertBad(Mode.SIBLINGS, WFR + history + "c3 get k 6..7 ok v2", "writes follow reads", 1, 2, 3);
        assertGood(Mode.SIBLINGS, WFR + history + "c3 get k 6..7 ok v1,v2");
        assertGood(Mode.SIBLINGS, WFR + history.replace("put k v2", "put k v2 ctx=A") + "c3 get k 6..7 ok v2");
        assertGood(Mode.SIBLINGS, history + "c3 get k 6..7 ok v2");
    }

    @Test
    void registerShowsTheOwnWriteOrANewerOne() {
        String writes = RYW + "c2 put k v0 0..1 ok\nc1 put k v1 2..3 ok\nc2 put k v2 2..9 ok\n";

        assertGood(Mode.REGISTER, writes + "c1 get k 4..5 ok v1\nc1 get k 6..7 ok v2");
        assertBad(Mode.REGISTER, writes + "c1 get k 4..5 ok v0", "the older [v0]", 1, 3);
        assertBad(Mode.REGISTER, writes + "c1 get k 4..5 ok none", "wrote v1", 1, 3);
        assertGood(Mode.REGISTER, writes + "c1 get k 4..5 ok none\nc3 delete k 3..6 ok");
        assertBad(Mode.REGISTER, writes + "c1 delete k 10..11 ok\nc1 get k 12..13 ok v1", "deleted", 3, 4);
    }

    @Test
    void readsOfARegisterDoNotGoBack() {
        String writes = MR + "c1 put k v1 0..1 ok\nc1 put k v2 2..9 ok\n";

        assertGood(Mode.REGISTER, writes + "c2 get k 3..4 ok v1\nc2 get k 5..6 ok v2");
        assertBad(Mode.REGISTER, writes + "c2 get k 3..4 ok v2\nc2 get k 5..6 ok v1", "saw [v2]", 1, 2, 3);
        assertGood(Mode.REGISTER, writes + "c2 get k 3..4 ok v2\nc3 get k 5..6 ok v1");
    }

    @Test
    void registersValueThatWasFollowedDoesNotComeBack() {
        String writes = MR + "c1 put k v1 0..9 ok\nc3 put k v2 0..9 info\n";

        assertBad(
                Mode.LWW,
                writes + "c2 get k 2..3 ok v1\nc2 get k 4..5 ok v2\nc2 get k 6..7 ok v1\nc2 get k 8..9 ok v1",
                "comes back",
                2,
                3,
                4);
        assertGood(Mode.LWW, writes + "c2 get k 2..3 ok v1\nc2 get k 4..5 ok v2\nc4 get k 6..7 ok v1");
    }

    @Test
    void clocksOfDifferentNodesExcuseWhereTheLastWriteWins() {
        String history = RYW + "c2 put k v0 at=n2 0..1 ok\nc1 put k v1 at=n1 2..3 ok\nc1 get k 4..5 ok v0";

        assertGood(Mode.LWW, history);
        assertBad(Mode.LWW, history.replace("at=n2", "at=n1"), "the older [v0]", 1, 2);
    }
}

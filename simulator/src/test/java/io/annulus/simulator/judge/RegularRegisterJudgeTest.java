package io.annulus.simulator.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.annulus.simulator.history.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;

class RegularRegisterJudgeTest {

    private static List<Violation> judge(Mode mode, String lines) {
        return new RegularRegisterJudge().judge(HistoryScript.of(mode, lines));
    }

    private static void assertGood(Mode mode, String lines) {
        assertEquals(List.of(), judge(mode, lines));
    }

    private static void assertBad(Mode mode, String lines, Integer... operations) {
        assertEquals(
                List.of(List.of(operations)),
                judge(mode, lines).stream().map(Violation::operations).toList());
    }

    @Test
    void readShowsTheLastWriteOrAConcurrentOne() {
        String writes = "c1 put k v1 0..1 ok\nc1 put k v2 2..9 ok\n";

        assertGood(Mode.REGISTER, writes + "c2 get k 3..4 ok v1");
        assertGood(Mode.REGISTER, writes + "c2 get k 3..4 ok v2\nc3 get k 5..6 ok v1");
        assertBad(Mode.REGISTER, writes + "c2 get k 10..11 ok v1", 0, 1, 2);
    }

    @Test
    void readOfSeveralConcurrentWritesShowsAnyOfThem() {
        String writes = "c1 put k v1 0..9 ok\nc2 put k v2 0..9 ok\nc3 put k v3 10..11 info\n";

        assertGood(Mode.REGISTER, writes + "c4 get k 20..21 ok v1\nc4 get k 22..23 ok v2\nc4 get k 24..25 ok v3");
    }

    @Test
    void absenceNeedsADeleteOrNoWriteBefore() {
        assertGood(Mode.REGISTER, "c1 put k v1 5..9 ok\nc2 get k 6..7 ok none");
        assertBad(Mode.REGISTER, "c1 put k v1 0..1 ok\nc2 get k 6..7 ok none", 0, 1);
        assertGood(Mode.REGISTER, "c1 put k v1 0..5 ok\nc3 delete k 1..2 info\nc2 get k 6..7 ok none");
        assertBad(Mode.REGISTER, "c3 delete k 0..1 ok\nc1 put k v1 2..5 ok\nc2 get k 6..7 ok none", 1, 2);
        assertBad(Mode.REGISTER, "c1 put k v1 0..5 ok\nc3 delete k 1..2 fail\nc2 get k 6..7 ok none", 0, 2);
    }

    @Test
    void deletedValueThatComesBackIsBad() {
        assertBad(Mode.REGISTER, "c1 put k v1 0..1 ok\nc1 delete k 2..3 ok\nc2 get k 4..5 ok v1", 0, 1, 2);
    }

    @Test
    void valueFromNowhereAndTwoValuesAreBad() {
        assertBad(Mode.REGISTER, "c1 put k v1 0..1 fail\nc2 get k 4..5 ok v1", 1);
        assertBad(Mode.REGISTER, "c2 get k 0..1 ok v1\nc1 put k v1 2..3 ok", 0);
        assertBad(Mode.LWW, "c1 put k v1 0..9 ok\nc1 put k v2 0..9 ok\nc2 get k 4..5 ok v1,v2", 2);
    }

    @Test
    void levelsThatDoNotOverlapPromiseNothing() {
        assertGood(Mode.REGISTER, "c1 put k v1 w=1 0..1 ok\nc2 get k r=2 4..5 ok none");
        assertGood(Mode.REGISTER, "c1 put k v1 w=2 sloppy 0..1 ok\nc2 get k r=2 4..5 ok none");
        assertBad(Mode.REGISTER, "c1 put k v1 w=1 0..1 ok\nc2 get k r=3 4..5 ok none", 0, 1);
    }

    @Test
    void receiptsCountMoreThanLevels() {
        assertGood(Mode.REGISTER, "c1 put k v1 0..1 ok SLOPPY\nc2 get k 4..5 ok none OVERLAP");
        assertGood(Mode.REGISTER, "c1 put k v1 0..1 ok OVERLAP\nc2 get k 4..5 ok none EVENTUAL");
        assertBad(Mode.REGISTER, "c1 put k v1 0..1 ok OVERLAP\nc2 get k 4..5 ok none OVERLAP", 0, 1);
        assertBad(Mode.REGISTER, "c1 put k v1 0..1 ok OVERLAP\nc2 get k 4..5 ok none ATOMIC", 0, 1);
    }

    @Test
    void overlapsWithTheKeyspacesOwnLevelsNeedNotMeetEachOther() {
        assertGood(
                Mode.REGISTER,
                "c1 put k v1 n=5 w=2 0..1 ok OVERLAP by=n1,n2\nc2 get k n=5 r=2 4..5 ok none OVERLAP by=n3,n4");
    }

    @Test
    void lostDataIsNoExcuseForAReceipt() {
        String write = "c1 put k v1 0..1 ok OVERLAP by=n1,n2\n";

        assertBad(Mode.REGISTER, write + "incident 3 wipe n1 loses\nc2 get k 4..5 ok none OVERLAP by=n2,n3", 0, 1);
        assertBad(Mode.REGISTER, write + "incident 3 wipe n1 loses\nc2 get k 4..5 ok none OVERLAP by=n1,n3", 0, 1);
    }

    @Test
    void clocksOfDifferentNodesOrderNothingWhereTheLastWriteWins() {
        String skewed = "c1 put k v1 at=n1 0..1 ok\nc2 put k v2 at=n2 2..3 ok\nc3 get k 4..5 ok v1";

        assertGood(Mode.LWW, skewed);
        assertBad(Mode.REGISTER, skewed, 0, 1, 2);
    }

    @Test
    void stampsOfOneNodeOrderWhileItLives() {
        String writes = "c1 put k v1 at=n1 0..1 ok\nc2 put k v2 at=n1 4..5 ok\nc3 get k 6..7 ok v1\n";

        assertBad(Mode.LWW, writes, 0, 1, 2);
        assertGood(Mode.LWW, writes + "incident 3 crash n1");
    }

    @Test
    void knownTimestampsOrderWhereTheLastWriteWins() {
        assertBad(
                Mode.LWW,
                "c1 put k v1 at=n1 0..1 ok ts=5\nc2 put k v2 at=n2 2..3 ok ts=6\nc3 get k 4..5 ok v1",
                0,
                1,
                2);
        assertGood(Mode.LWW, "c1 put k v1 at=n1 0..1 ok ts=7\nc2 put k v2 at=n1 2..3 ok ts=6\nc3 get k 4..5 ok v1");
    }

    @Test
    void lateDeleteOfAnotherNodeMayWinByItsClock() {
        assertGood(Mode.LWW, "c1 delete k at=n1 0..1 ok\nc2 put k v1 at=n2 2..3 ok\nc3 get k 4..5 ok none");
        assertBad(Mode.LWW, "c1 delete k at=n2 0..1 ok\nc2 put k v1 at=n2 2..3 ok\nc3 get k 4..5 ok none", 1, 2);
        assertBad(Mode.LWW, "c2 put k v1 at=n2 2..3 ok\nc3 get k 4..5 ok none", 0, 1);
    }

    @Test
    void promisedSessionsOrderWritesOfDifferentNodes() {
        String writes = "c1 put k v1 at=n1 0..1 ok\nc1 put k v2 at=n2 2..3 ok\nc3 get k 6..7 ok v1\n";
        String readFirst =
                "c1 put k v1 at=n1 0..1 ok\nc2 get k 2..3 ok v1\nc2 put k v2 at=n2 4..5 ok\nc3 get k 6..7 ok v1\n";

        assertGood(Mode.LWW, writes);
        assertBad(Mode.LWW, writes + "promise MONOTONIC_WRITES", 0, 1, 2);
        assertGood(Mode.LWW, readFirst);
        assertBad(Mode.LWW, readFirst + "promise WRITES_FOLLOW_READS", 0, 2, 3);
    }

    @Test
    void siblingsAreLeftToTheirOwnJudge() {
        assertGood(Mode.SIBLINGS, "c1 put k v1 0..1 ok\nc2 get k 4..5 ok none");
    }
}

package io.annulus.simulator.judge;

import io.annulus.simulator.history.Mode;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReceiptJudgeTest {

    static Stream<Case> cases() {
        return Stream.of(good(), contradictingThemselves(), stale(), returned()).flatMap(Function.identity());
    }

    private static Stream<Case> good() {
        return Stream.of(
                Case.good(
                        "an overlapping read shows what overlapping writes wrote, or what replaced it",
                        Mode.SIBLINGS,
                        """
                        c1 put k v1 0..10 ok OVERLAP by=n1,n2
                        c2 get k 20..30 ok v1 ctx=A OVERLAP by=n2,n3
                        c2 put k v2 ctx=A 40..50 info
                        c3 get k 60..70 ok v2 OVERLAP by=n1,n2
                        c3 get k 80..90 ok v1 OVERLAP by=n2,n3
                        """),
                Case.good("a read that overlaps nothing is stale", Mode.SIBLINGS, """
                        c1 put k v1 0..10 ok OVERLAP by=n1,n2
                        c2 get k r=1 20..30 ok none EVENTUAL by=n3
                        """),
                Case.good("levels that need not overlap, where nobody keeps receipts", Mode.SIBLINGS, """
                        c1 put k v1 w=2 0..10 ok
                        c2 put k v2 w=3 sloppy 0..10 ok
                        c2 get k r=1 20..30 ok v2
                        c3 get k r=2 sloppy 20..30 ok none
                        """),
                Case.good("a sloppy write is missed, and said so", Mode.SIBLINGS, """
                        c1 put k v1 sloppy 0..10 ok SLOPPY by=n1,n4!
                        c2 get k 20..30 ok none OVERLAP by=n2,n3
                        """),
                Case.good("each overlaps what its keyspace asks for, and not one another", Mode.SIBLINGS, """
                        c1 put k v1 w=1 0..10 ok OVERLAP by=n1
                        c2 get k r=2 20..30 ok none OVERLAP by=n2,n3
                        """),
                Case.good("a write that ended after the read began", Mode.SIBLINGS, """
                        c1 put k v1 0..20 ok OVERLAP by=n1,n2
                        c2 get k 20..30 ok none OVERLAP by=n2,n3
                        """),
                Case.good("atomic reads that go on", Mode.SIBLINGS, """
                        c1 put k v1 0..10 ok OVERLAP by=n1,n2
                        c2 get k 20..30 ok v1 ctx=A ATOMIC by=n2,n3
                        c2 delete k ctx=A 40..50 info
                        c3 get k 60..70 ok none ATOMIC by=n1,n2
                        c4 get k 60..70 ok v1 ATOMIC by=n1,n2
                        """));
    }

    private static Stream<Case> contradictingThemselves() {
        return Stream.of(
                Case.bad(
                        "a stand-in counts toward an overlap",
                        Mode.SIBLINGS,
                        """
                        c1 put k v1 sloppy 0..10 ok OVERLAP by=n1,n4!
                        """,
                        "claims OVERLAP with 1 owners that acknowledged, where 2 are required",
                        0),
                Case.bad("a node counts twice", Mode.LWW, """
                        c1 put k v1 w=1 0..10 ok EVENTUAL by=n1,n1
                        """, "names a node twice", 0),
                Case.bad("too few answers", Mode.LWW, """
                        c1 put k v1 w=2 0..10 ok EVENTUAL by=n1
                        """, "needs 2 answers, and 1 came", 0),
                Case.bad("sloppy without a stand-in", Mode.LWW, """
                        c1 put k v1 w=2 0..10 ok SLOPPY by=n1,n2
                        """, "claims SLOPPY, and no stand-in acknowledged", 0),
                Case.bad("an atomic write", Mode.LWW, """
                        c1 put k v1 w=2 0..10 ok ATOMIC by=n1,n2
                        """, "claims ATOMIC for a write", 0));
    }

    private static Stream<Case> stale() {
        return Stream.of(
                Case.bad(
                        "a stale overlapping read",
                        Mode.SIBLINGS,
                        """
                        c1 put k v1 0..10 ok OVERLAP by=n1,n2
                        c2 get k 20..30 ok none OVERLAP by=n2,n3
                        """,
                        "a read that claims OVERLAP neither shows v1 nor what replaced it",
                        0,
                        1),
                Case.bad(
                        "a stale strict read, where nobody keeps receipts",
                        Mode.SIBLINGS,
                        """
                        c1 put k v1 w=2 0..10 ok
                        c2 get k r=2 20..30 ok none
                        """,
                        "a strict read neither shows v1 nor what replaced it",
                        0,
                        1),
                Case.bad("only one of two siblings", Mode.SIBLINGS, """
                        c1 put k v1 0..10 ok OVERLAP by=n1,n2
                        c2 put k v2 0..10 ok OVERLAP by=n1,n2
                        c3 get k 20..30 ok v2 OVERLAP by=n2,n3
                        """, "neither shows v1 nor what replaced it", 0, 2),
                Case.bad(
                        "no loss of data excuses a claim",
                        Mode.SIBLINGS,
                        """
                        c1 put k v1 0..10 ok OVERLAP by=n1,n2
                        incident 12 wipe n1 loses
                        incident 13 wipe n2 loses
                        c2 get k 20..30 ok none OVERLAP by=n1,n2
                        """,
                        "neither shows v1 nor what replaced it",
                        0,
                        1));
    }

    private static Stream<Case> returned() {
        return Stream.of(
                Case.bad(
                        "a deleted value at an overlapping read",
                        Mode.SIBLINGS,
                        """
                        c1 put k v1 0..10 ok OVERLAP by=n1,n2
                        c1 get k 11..12 ok v1 ctx=A OVERLAP by=n1,n2
                        c1 delete k ctx=A 20..30 ok OVERLAP by=n1,n2
                        c2 get k 40..50 ok v1 OVERLAP by=n2,n3
                        """,
                        "shows v1, which was deleted",
                        2,
                        3),
                Case.bad(
                        "a replaced value beside another one at an overlapping read",
                        Mode.SIBLINGS,
                        """
                        c1 put k v1 0..10 ok OVERLAP by=n1,n2
                        c1 put k v2 ctx=A 20..30 ok OVERLAP by=n1,n2 ctx=B
                        c3 get k 11..12 ok v1 ctx=A
                        c4 put k v3 ctx=B 31..35 info
                        c2 get k 40..50 ok v1,v3 OVERLAP by=n2,n3
                        """,
                        "shows v1, which v2 replaced",
                        2,
                        4),
                Case.bad(
                        "new, then old, at atomic reads",
                        Mode.SIBLINGS,
                        """
                        c1 put k v1 0..10 ok OVERLAP by=n1,n2
                        c1 get k 11..12 ok v1 ctx=A
                        c1 put k v2 ctx=A 20..30 info
                        c2 get k 40..50 ok v2 ATOMIC by=n1,n2
                        c3 get k 60..70 ok v1 ATOMIC by=n2,n3
                        """,
                        "a read that claims ATOMIC neither shows v2 nor what replaced it",
                        3,
                        4),
                Case.bad(
                        "there, gone, and there again at atomic reads",
                        Mode.SIBLINGS,
                        """
                        c1 put k v1 0..10 ok OVERLAP by=n1,n2
                        c1 get k 11..12 ok v1 ctx=A
                        c1 delete k ctx=A 20..30 info
                        c2 get k 40..50 ok none ATOMIC by=n1,n2
                        c3 get k 60..70 ok v1 ATOMIC by=n2,n3
                        """,
                        "shows v1 again, which was gone before",
                        3,
                        4));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsWhatIsWrongAndNothingElse(Case written) {
        written.check(new ReceiptJudge());
    }
}

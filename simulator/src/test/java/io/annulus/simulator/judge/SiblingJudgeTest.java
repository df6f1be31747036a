package io.annulus.simulator.judge;

import io.annulus.simulator.history.Mode;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SiblingJudgeTest {

    static Stream<Case> cases() {
        return Stream.of(good(), excused(), lost(), returned(), notExcused()).flatMap(Function.identity());
    }

    private static Stream<Case> good() {
        return Stream.of(
                Case.good("replaced by a write whose context held it", Mode.SIBLINGS, """
                        c1 put k v1 0..10 ok
                        c1 get k 20..30 ok v1 ctx=A
                        c1 put k v2 ctx=A 40..50 ok
                        state n1 k v2
                        """),
                Case.good("replaced by a write of unknown fate, which a delete replaced", Mode.SIBLINGS, """
                        c1 put k v1 0..10 ok
                        c1 get k 20..30 ok v1 ctx=A
                        c1 put k v2 ctx=A 40..50 info
                        c2 get k 60..70 ok v2 ctx=B
                        c2 delete k ctx=B 80..90 ok
                        state n1 k none
                        """),
                Case.good("a concurrent put survives a delete", Mode.SIBLINGS, """
                        c1 put k v1 0..10 ok
                        c1 get k 20..30 ok v1 ctx=A
                        c2 put k v2 40..90 ok
                        c1 delete k ctx=A 50..60 ok
                        state n1 k v2
                        state n2 k v2
                        """),
                Case.good("a delete of unknown fate that happened at last", Mode.SIBLINGS, """
                        c1 put k v1 0..10 ok
                        c1 get k 20..30 ok v1 ctx=A
                        c1 delete k ctx=A 40..50 info
                        c2 get k 60..70 ok v1
                        c2 get k last 80..90 ok none
                        """),
                Case.good("a last read while the write is under way", Mode.SIBLINGS, """
                        c1 put k v1 0..30 ok
                        c2 get k last 20..40 ok none
                        """),
                Case.good("a last write that has not reached every replica yet", Mode.SIBLINGS, """
                        c1 put k v1 last w=1 0..10 ok
                        c2 get k last r=1 20..30 ok none
                        state n1 k v1
                        """));
    }

    private static Stream<Case> excused() {
        return Stream.of(
                Case.good("lost with the only replica that acknowledged", Mode.SIBLINGS, """
                        c1 put k v1 w=1 0..10 ok EVENTUAL by=n1
                        incident 20 wipe n1 loses
                        state n1 k none
                        """),
                Case.good("back since the only replica that knew the delete lost it", Mode.SIBLINGS, """
                        c1 put k v1 0..10 ok OVERLAP by=n2,n3
                        c1 get k r=1 20..30 ok v1 ctx=A
                        c1 delete k w=1 ctx=A 40..50 ok EVENTUAL by=n1
                        incident 60 wipe n1 loses
                        state n2 k v1
                        """),
                Case.good("back since the replacement is lost and excused", Mode.SIBLINGS, """
                        c1 put k v1 0..10 ok OVERLAP by=n1,n2
                        c1 get k 20..30 ok v1 ctx=A
                        c1 put k v2 w=1 ctx=A 40..50 ok EVENTUAL by=n1
                        incident 60 wipe n1 loses
                        state n2 k v1
                        """));
    }

    private static Stream<Case> lost() {
        return Stream.of(
                Case.bad("lost", Mode.SIBLINGS, """
                        c1 put k v1 0..10 ok
                        state n1 k none
                        state n2 k none
                        """, "replica n1, replica n2 lacks v1", 0),
                Case.bad("lost to a last read", Mode.SIBLINGS, """
                        c1 put k v1 0..10 ok
                        c2 get k last 20..30 ok none
                        """, "lacks v1", 0, 1),
                Case.bad("a blind put covers nothing", Mode.SIBLINGS, """
                        c1 put k v1 0..10 ok
                        c1 put k v2 20..30 ok
                        state n1 k v2
                        """, "lacks v1", 0),
                Case.bad("a context covers what was read and no more", Mode.SIBLINGS, """
                        c1 put k v1 0..10 ok
                        c1 get k 20..30 ok v1 ctx=A
                        c2 put k v2 40..50 ok
                        c1 put k v3 ctx=A 60..70 ok
                        state n1 k v3
                        """, "lacks v2", 2),
                Case.bad("what replaced it was refused", Mode.SIBLINGS, """
                        c1 put k v1 0..10 ok
                        c1 get k 20..30 ok v1 ctx=A
                        c1 delete k ctx=A 40..50 fail full
                        state n1 k none
                        """, "lacks v1", 0));
    }

    private static Stream<Case> returned() {
        return Stream.of(
                Case.bad(
                        "a late replica brings a deleted value back",
                        Mode.SIBLINGS,
                        """
                        c1 put k v1 0..10 ok
                        c1 get k 20..30 ok v1 ctx=A
                        c1 delete k ctx=A 40..50 ok
                        state n1 k none
                        state n3 k v1
                        """,
                        "replica n3 shows v1 again, which an acknowledged delete had removed",
                        2),
                Case.bad(
                        "back in place of what replaced it",
                        Mode.SIBLINGS,
                        """
                        c1 put k v1 0..10 ok
                        c1 get k 20..30 ok v1 ctx=A
                        c1 put k v2 ctx=A 40..50 ok ctx=B
                        c1 delete k ctx=B 60..70 ok
                        c2 get k last 80..90 ok v1
                        """,
                        "shows v1 again, which v2 had replaced",
                        2,
                        4),
                Case.bad("beside what replaced it", Mode.SIBLINGS, """
                        c1 put k v1 0..10 ok
                        c1 get k 20..30 ok v1 ctx=A
                        c1 put k v2 ctx=A 40..50 info
                        c2 get k r=1 60..70 ok v1,v2
                        """, "shows v1 beside v2", 0, 2, 3));
    }

    private static Stream<Case> notExcused() {
        return Stream.of(
                Case.bad("one of two that acknowledged kept its data", Mode.SIBLINGS, """
                        c1 put k v1 0..10 ok OVERLAP by=n1,n2
                        incident 20 wipe n1 loses
                        state n1 k none
                        """, "lacks v1", 0),
                Case.bad("the data was lost before the write", Mode.SIBLINGS, """
                        incident 5 wipe n1 loses
                        c1 put k v1 w=1 10..20 ok EVENTUAL by=n1
                        state n1 k none
                        """, "lacks v1", 0),
                Case.bad("without a receipt nothing is excused", Mode.SIBLINGS, """
                        c1 put k v1 w=1 0..10 ok
                        incident 20 wipe n1 loses
                        state n1 k none
                        """, "lacks v1", 0),
                Case.bad("the replacement is excused, and what it replaced is not", Mode.SIBLINGS, """
                        c1 put k v1 0..10 ok OVERLAP by=n1,n2
                        c1 get k 20..30 ok v1 ctx=A
                        c1 put k v2 w=1 ctx=A 40..50 ok EVENTUAL by=n1
                        incident 60 wipe n1 loses
                        state n2 k none
                        """, "lacks v1", 0));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsWhatIsWrongAndNothingElse(Case written) {
        written.check(new SiblingJudge());
    }
}

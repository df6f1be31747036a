package io.annulus.simulator.judge;

import io.annulus.simulator.history.Mode;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CounterJudgeTest {

    static Stream<Case> cases() {
        return Stream.of(
                Case.good("all additions", Mode.COUNTER, """
                        c1 add k 3 0..10 ok
                        c2 add k -1 0..10 ok
                        c3 add k 7 0..10 fail full
                        c3 count k 20..30 ok 2
                        state n1 k count=2
                        """),
                Case.good("with one of unknown fate", Mode.COUNTER, """
                        c1 add k 3 0..10 ok
                        c2 add k 5 0..10 info
                        c3 count k last 20..30 ok 8
                        """),
                Case.good("without one of unknown fate", Mode.COUNTER, """
                        c1 add k 3 0..10 ok
                        c2 add k 5 0.. open
                        c3 count k last 20..30 ok 3
                        """),
                Case.good("a read that claims nothing is behind", Mode.COUNTER, """
                        c1 add k 3 0..10 ok OVERLAP
                        c3 count k r=1 20..30 ok 0 EVENTUAL by=n3
                        """),
                Case.good("lost with the only replica that acknowledged", Mode.COUNTER, """
                        c1 add k 3 w=1 0..10 ok EVENTUAL by=n1
                        incident 20 wipe n1 loses
                        state n1 k count=0
                        """),
                Case.bad(
                        "off by one after an unknown one",
                        Mode.COUNTER,
                        """
                        c1 add k 3 0..10 ok
                        c2 add k 5 0..10 info
                        state n1 k count=9
                        """,
                        "counts 9, and 3 is certain, with any of [5]",
                        0,
                        1),
                Case.bad("an acknowledged one is lost", Mode.COUNTER, """
                        c1 add k 3 0..10 ok
                        c2 add k 5 0..10 ok
                        state n1 k count=5
                        """, "counts 5, and 8 is certain", 0, 1),
                Case.bad(
                        "a strict read misses a strict addition, where nobody keeps receipts",
                        Mode.COUNTER,
                        """
                        c1 add k 3 w=2 0..10 ok
                        c3 count k r=2 20..30 ok 0
                        """,
                        "counts 0, and 3 is certain",
                        0,
                        1),
                Case.bad("counted twice", Mode.COUNTER, """
                        c1 add k 3 0..10 ok
                        c3 count k r=1 20..30 ok 6
                        """, "counts 6, and 0 is certain, with any of [3]", 0, 1),
                Case.bad("a refused one counts", Mode.COUNTER, """
                        c1 add k 3 0..10 fail full
                        state n1 k count=3
                        """, "counts 3, and 0 is certain"),
                Case.bad("an overlapping read is behind", Mode.COUNTER, """
                        c1 add k 3 0..10 ok OVERLAP by=n1,n2
                        c3 count k 20..30 ok 0 OVERLAP by=n2,n3
                        """, "counts 0, and 3 is certain", 0, 1));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsWhatIsWrongAndNothingElse(Case written) {
        written.check(new CounterJudge());
    }
}

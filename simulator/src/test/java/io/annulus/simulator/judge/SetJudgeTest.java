package io.annulus.simulator.judge;

import io.annulus.simulator.history.Mode;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SetJudgeTest {

    static Stream<Case> cases() {
        return Stream.of(
                Case.good("an addition wins over a removal that had not seen it", Mode.SET, """
                        c1 sadd k x 0..10 ok
                        c1 smembers k 20..30 ok x ctx=A
                        c2 sadd k x 40..50 ok
                        c1 srem k x ctx=A 60..70 ok
                        state n1 k x
                        """),
                Case.good("removed as seen, and another element stays", Mode.SET, """
                        c1 sadd k x 0..10 ok
                        c2 sadd k y 0..10 ok
                        c1 smembers k 20..30 ok x,y ctx=A
                        c1 srem k x ctx=A 40..50 ok
                        state n1 k y
                        """),
                Case.good("a removal of unknown fate, either way", Mode.SET, """
                        c1 sadd k x 0..10 ok
                        c1 sadd k y 20..30 ok
                        c1 smembers k 40..50 ok x,y ctx=A
                        c1 srem k x ctx=A 60..70 info
                        c2 srem k y ctx=A 60..70 info
                        state n1 k y
                        """),
                Case.good("what a removal without a context removes is not known", Mode.SET, """
                        c1 sadd k x 0..10 ok
                        c1 srem k x 20..30 ok
                        c2 smembers k last 40..50 ok none
                        """),
                Case.good("added again after it was removed", Mode.SET, """
                        c1 sadd k x 0..10 ok ctx=A
                        c1 srem k x ctx=A 20..30 ok
                        c1 sadd k x 40..50 ok
                        state n1 k x
                        """),
                Case.bad("an addition is lost", Mode.SET, """
                        c1 sadd k x 0..10 ok
                        state n1 k none
                        """, "lacks x, which was added", 0),
                Case.bad(
                        "a removal took an addition that it had not seen",
                        Mode.SET,
                        """
                        c1 sadd k x 0..10 ok
                        c1 smembers k 20..30 ok x ctx=A
                        c2 sadd k x 40..50 ok
                        c1 srem k x ctx=A 60..70 ok
                        state n1 k none
                        """,
                        "lacks x, which was added",
                        2),
                Case.bad(
                        "a removed element is back",
                        Mode.SET,
                        """
                        c1 sadd k x 0..10 ok
                        c1 smembers k 20..30 ok x ctx=A
                        c1 srem k x ctx=A 40..50 ok
                        state n1 k x
                        """,
                        "shows x, of which every addition had been removed",
                        0,
                        2),
                Case.bad("an overlapping read lacks an element", Mode.SET, """
                        c1 sadd k x 0..10 ok OVERLAP by=n1,n2
                        c2 smembers k 20..30 ok none OVERLAP by=n2,n3
                        """, "lacks x, which was added", 0, 1));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsWhatIsWrongAndNothingElse(Case written) {
        written.check(new SetJudge());
    }
}

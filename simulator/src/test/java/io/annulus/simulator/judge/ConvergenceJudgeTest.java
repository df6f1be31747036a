package io.annulus.simulator.judge;

import io.annulus.simulator.history.Mode;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConvergenceJudgeTest {

    static Stream<Case> cases() {
        return Stream.of(
                Case.good("all replicas agree", Mode.SIBLINGS, """
                        c1 put k v1 0..10 ok
                        c2 put k v2 0..10 ok
                        state n1 k v1,v2 digest=7
                        state n2 k v2,v1 digest=7
                        """),
                Case.good("replicas of different keys", Mode.LWW, """
                        c1 put j v1 0..10 ok
                        state n1 j v1 digest=7
                        state n2 k none
                        """),
                Case.bad(
                        "diverged digests",
                        Mode.SIBLINGS,
                        """
                        c1 put k v1 0..10 ok
                        state n1 k v1 digest=7
                        state n2 k v1 digest=8
                        """,
                        "replica n2 holds [v1] digest 8 at the end, and replica n1 [v1] digest 7"),
                Case.bad("different values", Mode.LWW, """
                        c1 put k v1 0..10 info
                        state n1 k none
                        state n2 k none
                        state n3 k v1
                        """, "replica n3 holds [v1]", 0),
                Case.bad("different counts", Mode.COUNTER, """
                        c1 add k 3 0..10 info
                        state n1 k count=3
                        state n2 k count=0
                        """, "replica n2 holds [] count 0"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsWhatIsWrongAndNothingElse(Case written) {
        written.check(new ConvergenceJudge());
    }
}

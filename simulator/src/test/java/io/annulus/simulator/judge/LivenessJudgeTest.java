package io.annulus.simulator.judge;

import io.annulus.simulator.history.Mode;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LivenessJudgeTest {

    static final Duration BOUND = Duration.ofNanos(100);

    static Stream<Case> cases() {
        return Stream.of(
                Case.good("slow and failed while there are faults", Mode.SIBLINGS, """
                        peace 1000
                        c1 put k v1 0..900 info
                        c2 get k 900..1050 fail unavailable
                        c3 get k 1000..1100 ok none
                        """),
                Case.good("never told, for the node was struck", Mode.SIBLINGS, """
                        peace 1000
                        incident 100 crash n1
                        c1 put k v1 at=n1 50.. open
                        c3 get k at=n2 2000..2050 ok none
                        """),
                Case.good("a compare-and-set that finds something else", Mode.REGISTER, """
                        peace 1000
                        c1 put k v1 1000..1010 ok
                        c1 cas k v7>v2 1020..1030 fail mismatch
                        """),
                Case.good("no peace, no promise", Mode.SIBLINGS, """
                        c1 put k v1 0..9000 info
                        c2 put k v2 10.. open
                        """),
                Case.bad("slow after peace", Mode.SIBLINGS, """
                        peace 1000
                        c1 put k v1 1000..1101 ok
                        """, "took 101 ns, above 100", 0),
                Case.bad("failed after peace", Mode.SIBLINGS, """
                        peace 1000
                        c1 put k v1 1000..1010 fail unavailable
                        """, "ended FAIL: unavailable", 0),
                Case.bad("unknown after peace", Mode.SIBLINGS, """
                        peace 1000
                        c1 put k v1 1000..1010 info
                        """, "ended INFO", 0),
                Case.bad("never answered after peace", Mode.SIBLINGS, """
                        peace 1000
                        c1 put k v1 1000.. open
                        """, "never answered", 0),
                Case.bad(
                        "asked before peace at a sound node and never answered",
                        Mode.SIBLINGS,
                        """
                        peace 1000
                        c1 put k v1 at=n1 900.. open
                        c3 get k at=n2 2000..2050 ok v1
                        """,
                        "has no answer, though its node was never struck",
                        0),
                Case.bad(
                        "answered long after peace at a sound node",
                        Mode.SIBLINGS,
                        """
                        peace 1000
                        c1 put k v1 at=n1 900..1200 info
                        """,
                        "answered 200 ns after the last fault",
                        0));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsWhatIsWrongAndNothingElse(Case written) {
        written.check(new LivenessJudge(BOUND));
    }
}

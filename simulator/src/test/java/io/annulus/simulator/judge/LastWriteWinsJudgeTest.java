package io.annulus.simulator.judge;

import io.annulus.simulator.history.Mode;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LastWriteWinsJudgeTest {

    static Stream<Case> cases() {
        return Stream.of(good(), bad()).flatMap(Function.identity());
    }

    private static Stream<Case> good() {
        return Stream.of(
                Case.good("the greatest timestamp wins", Mode.LWW, """
                        c1 put k v1 0..10 ok ts=5
                        c2 put k v2 20..30 ok ts=9
                        state n1 k v2
                        state n2 k v2
                        """),
                Case.good("a clock that is ahead wins over a later write", Mode.LWW, """
                        c1 put k v1 at=n1 0..10 ok ts=100
                        c2 put k v2 at=n2 20..30 ok ts=50
                        state n1 k v1
                        """),
                Case.good("without timestamps nobody knows which node's clock is ahead", Mode.LWW, """
                        c1 put k v1 at=n1 w=1 0..10 ok
                        c2 put k v2 at=n2 w=1 20..30 ok
                        state n1 k v1
                        """),
                Case.good("a write of unknown fate wins", Mode.LWW, """
                        c1 put k v1 0..10 info
                        c2 put k v2 at=n2 20..30 ok ts=9
                        state n1 k v1
                        """),
                Case.good("a delete wins", Mode.LWW, """
                        c1 put k v1 0..10 ok ts=5
                        c2 delete k 20..30 ok ts=9
                        state n1 k none
                        """),
                Case.good("a delete of unknown fate wins", Mode.LWW, """
                        c1 put k v1 0..10 ok ts=5
                        c2 delete k 20.. open
                        c3 get k last 40..50 ok none
                        """),
                Case.good("lost with the only replica that acknowledged", Mode.LWW, """
                        c1 put k v1 w=1 0..10 ok EVENTUAL by=n1 ts=5
                        incident 20 wipe n1 loses
                        state n1 k none
                        """));
    }

    private static Stream<Case> bad() {
        return Stream.of(
                Case.bad(
                        "the end is older",
                        Mode.LWW,
                        """
                        c1 put k v1 0..10 ok ts=5
                        c2 put k v2 20..30 ok ts=9
                        state n1 k v1
                        """,
                        "shows v1, which is older than the acknowledged put of v2",
                        0,
                        1),
                Case.bad(
                        "the end is older than a write at the same node",
                        Mode.LWW,
                        """
                        c1 put k v1 at=n1 0..10 ok
                        c2 put k v2 at=n1 20..30 ok
                        c3 get k last r=1 40..50 ok v1
                        """,
                        "shows v1, which is older than the acknowledged put of v2",
                        0,
                        1,
                        2),
                Case.bad("nothing, without a delete", Mode.LWW, """
                        c1 put k v1 0..10 ok ts=5
                        c2 delete k 20..30 fail refused
                        state n1 k none
                        """, "shows nothing, though v1 was acknowledged", 0),
                Case.bad(
                        "nothing, and the delete is older",
                        Mode.LWW,
                        """
                        c1 put k v1 0..10 ok ts=5
                        c2 delete k at=n2 20..30 ok ts=4
                        state n1 k none
                        """,
                        "shows nothing, though v1 was acknowledged",
                        0),
                Case.bad(
                        "a deleted value is there",
                        Mode.LWW,
                        """
                        c1 put k v1 0..10 ok ts=5
                        c2 delete k 20..30 ok ts=9
                        state n1 k v1
                        """,
                        "shows v1, which is older than the acknowledged delete",
                        0,
                        1),
                Case.bad("two values", Mode.LWW, """
                        c1 put k v1 0..10 ok ts=5
                        c2 put k v2 20..30 ok ts=9
                        state n1 k v1,v2
                        """, "shows several values"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsWhatIsWrongAndNothingElse(Case written) {
        written.check(new LastWriteWinsJudge());
    }
}

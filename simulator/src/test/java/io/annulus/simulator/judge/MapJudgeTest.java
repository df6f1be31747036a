package io.annulus.simulator.judge;

import io.annulus.simulator.history.Mode;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MapJudgeTest {

    static Stream<Case> cases() {
        return Stream.of(
                Case.good("fields of their own", Mode.MAP, """
                        c1 mput k f=1 0..10 ok
                        c2 mput k g=2 0..10 ok
                        c3 mentries k last 20..30 ok f=1,g=2
                        """),
                Case.good("a put wins over a removal that had not seen it", Mode.MAP, """
                        c1 mput k f=1 0..10 ok
                        c1 mentries k 20..30 ok f=1 ctx=A
                        c2 mput k f=2 40..50 ok
                        c1 mremove k f ctx=A 60..70 ok
                        state n1 k f=2
                        """),
                Case.good("either of two concurrent puts", Mode.MAP, """
                        c1 mput k f=1 0..10 ok
                        c2 mput k f=2 0..10 ok
                        state n1 k f=1
                        """),
                Case.good("removed as seen", Mode.MAP, """
                        c1 mput k f=1 0..10 ok
                        c1 mput k g=1 11..15 ok
                        c1 mentries k 20..30 ok f=1,g=1 ctx=A
                        c1 mremove k f ctx=A 60..70 ok
                        state n1 k g=1
                        """),
                Case.bad("a field is lost", Mode.MAP, """
                        c1 mput k f=1 0..10 ok
                        c2 mput k g=2 0..10 ok
                        state n1 k g=2
                        """, "lacks f=1, which was added", 0),
                Case.bad("a removal took a put that it had not seen", Mode.MAP, """
                        c1 mput k f=1 0..10 ok
                        c1 mentries k 20..30 ok f=1 ctx=A
                        c2 mput k f=2 40..50 ok
                        c1 mremove k f ctx=A 60..70 ok
                        state n1 k none
                        """, "lacks f=2, which was added", 2),
                Case.bad(
                        "a removed field is back",
                        Mode.MAP,
                        """
                        c1 mput k f=1 0..10 ok
                        c1 mentries k 20..30 ok f=1 ctx=A
                        c1 mremove k f ctx=A 40..50 ok
                        state n1 k f=1
                        """,
                        "shows f=1, of which every addition had been removed or replaced",
                        0,
                        2),
                Case.bad(
                        "a replaced value is back",
                        Mode.MAP,
                        """
                        c1 mput k f=1 0..10 ok
                        c1 mentries k 20..30 ok f=1 ctx=A
                        c1 mput k f=2 ctx=A 40..50 ok
                        state n1 k f=1
                        """,
                        "shows f=1, of which every addition had been removed or replaced",
                        0,
                        2),
                Case.bad("two values of a field", Mode.MAP, """
                        c1 mput k f=1 0..10 ok
                        c2 mput k f=2 0..10 ok
                        c3 mentries k 20..30 ok f=1,f=2
                        """, "several values of field f", 2));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsWhatIsWrongAndNothingElse(Case written) {
        written.check(new MapJudge());
    }
}

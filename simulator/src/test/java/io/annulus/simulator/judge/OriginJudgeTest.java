package io.annulus.simulator.judge;

import io.annulus.simulator.history.Mode;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OriginJudgeTest {

    static Stream<Case> cases() {
        return Stream.concat(values(), contexts());
    }

    private static Stream<Case> contexts() {
        return Stream.of(
                Case.bad(
                        "a context of another key",
                        Mode.SIBLINGS,
                        """
                        c1 put j v1 0..10 ok ctx=A
                        c2 put k v2 ctx=A 20..30 ok
                        """,
                        "sends context A, which no earlier operation was given",
                        1),
                Case.bad(
                        "a context from the future",
                        Mode.SIBLINGS,
                        """
                        c1 put k v1 ctx=A 0..10 ok
                        c2 put k v2 20..30 ok ctx=A
                        """,
                        "sends context A, which no earlier operation was given",
                        0));
    }

    private static Stream<Case> values() {
        return Stream.of(
                Case.good("values that were written, also while the read was under way", Mode.SIBLINGS, """
                        c1 put k v1 0..10 ok
                        c2 put k v2 15..40 ok
                        c3 get k 12..15 ok v1,v2
                        state n1 k v1,v2
                        """),
                Case.good("a write of unknown fate, seen long after", Mode.LWW, """
                        c1 put k v1 0..10 info
                        c2 put k v2 5.. open
                        c3 get k 90..95 ok v1
                        c3 get k 96..99 ok v2
                        """),
                Case.good("an element that was added twice, once in vain", Mode.SET, """
                        c1 sadd k x 0..10 fail full
                        c2 sadd k x 20..30 ok
                        c3 smembers k 40..50 ok x
                        """),
                Case.good("entries of a map", Mode.MAP, """
                        c1 mput k f=v 0..10 ok
                        c3 mentries k 40..50 ok f=v
                        """),
                Case.bad("an invented value", Mode.SIBLINGS, """
                        c1 put k v1 0..10 ok
                        c2 get k 20..30 ok v1,v9
                        """, "shows v9, which nobody wrote", 1),
                Case.bad("a value of another key", Mode.REGISTER, """
                        c1 put j v1 0..10 ok
                        c2 get k 20..30 ok v1
                        """, "shows v1, which nobody wrote", 1),
                Case.bad(
                        "a write that was said not to have happened",
                        Mode.SIBLINGS,
                        """
                        c1 put k v1 0..10 fail refused
                        c2 get k 20..30 ok v1
                        """,
                        "shows v1, whose write was said not to have happened",
                        0,
                        1),
                Case.bad(
                        "a value from the future",
                        Mode.SIBLINGS,
                        """
                        c2 get k 0..9 ok v1
                        c1 put k v1 10..20 ok
                        """,
                        "shows v1, which was written only afterwards",
                        0,
                        1),
                Case.bad("a value twice in one answer", Mode.SIBLINGS, """
                        c1 put k v1 0..10 ok
                        c2 get k 20..30 ok v1,v1
                        """, "shows v1, twice", 0, 1),
                Case.bad("an invented value in a replica", Mode.LWW, """
                        c1 put k v1 0..10 info
                        state n1 k v9
                        """, "replica n1 shows v9, which nobody wrote"),
                Case.bad("an element that was only removed", Mode.SET, """
                        c1 srem k x 0..10 ok
                        c3 smembers k 40..50 ok x
                        """, "shows x, which nobody wrote", 1));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void findsWhatIsWrongAndNothingElse(Case written) {
        written.check(new OriginJudge());
    }
}

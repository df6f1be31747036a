package io.annulus.simulator.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.simulator.history.Mode;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReplacementTest {

    private static Replacement of(String lines) {
        return Replacement.of(HistoryScript.of(Mode.SIBLINGS, lines)
                .byKey()
                .values()
                .iterator()
                .next());
    }

    private static List<String> covered(Replacement replacement, String context) {
        return Stream.of("v1", "v2", "v3", "v4")
                .filter(value -> replacement.covers(context, value))
                .toList();
    }

    @Test
    void contextCoversTheValuesOfEveryAnswerThatGaveIt() {
        Replacement replacement = of("""
                c1 get k 0..1 ok v1,v2 ctx=A
                c2 get k 2..3 ok v3 ctx=A
                c3 get k 4..5 ok v4 ctx=B
                """);

        assertEquals(List.of("v1", "v2", "v3"), covered(replacement, "A"));
    }

    @Test
    void contextOfAPutCoversItAndWhatItReplacedTransitively() {
        Replacement replacement = of("""
                c1 put k v1 0..1 ok ctx=A
                c1 put k v2 ctx=A 2..3 ok ctx=B
                c2 get k 4..5 ok v2 ctx=C
                c2 put k v3 ctx=C 6..7 ok ctx=D
                """);

        assertEquals(List.of("v1", "v2", "v3"), covered(replacement, "D"));
        assertEquals(List.of("v1", "v2"), covered(replacement, "C"));
    }

    @Test
    void contextOfADeleteCoversWhatItReplaced() {
        Replacement replacement = of("""
                c1 put k v1 0..1 ok ctx=A
                c1 delete k ctx=A 2..3 ok ctx=B
                c2 put k v2 ctx=B 4..5 ok
                """);

        assertTrue(replacement.follows("v2", "v1"));
        assertFalse(replacement.follows("v1", "v2"));
    }

    @Test
    void writeWithoutContextOrWithAnUnknownOneReplacesNothing() {
        Replacement replacement = of("""
                c1 put k v1 0..1 ok ctx=A
                c1 put k v2 2..3 ok ctx=B
                c1 put k v3 ctx=Z 4..5 ok
                """);

        assertFalse(replacement.follows("v2", "v1"));
        assertFalse(replacement.accountedBy(Set.of("v2", "v3"), 100).test("v1"));
    }

    @Test
    void presentValueOrItsReplacementAccountsForIt() {
        Replacement replacement = of("""
                c1 put k v1 0..1 ok ctx=A
                c1 put k v2 ctx=A 2..3 info
                c2 get k 4..5 ok v2 ctx=B
                c2 put k v3 ctx=B 6..7 ok ctx=C
                """);

        assertTrue(replacement.accountedBy(List.of("v1"), 100).test("v1"));
        assertTrue(replacement.accountedBy(List.of("v3"), 100).test("v1"));
        assertFalse(replacement.accountedBy(List.of("v1"), 100).test("v3"));
        assertFalse(replacement.accountedBy(List.of(), 100).test("v1"));
    }

    @Test
    void deleteThatMayHaveHappenedAccountsForWhatItCovers() {
        Replacement unknown = of("c1 put k v1 0..1 ok ctx=A\nc1 delete k ctx=A 2..3 info");
        Replacement refused = of("c1 put k v1 0..1 ok ctx=A\nc1 delete k ctx=A 2..3 fail");

        assertTrue(unknown.accountedBy(List.of(), 100).test("v1"));
        assertFalse(unknown.accountedBy(List.of(), 1).test("v1"));
        assertFalse(refused.accountedBy(List.of(), 100).test("v1"));
    }

    @Test
    void contextsThatCoverEachOtherAreNoEndlessLoop() {
        Replacement replacement = of("""
                c1 put k v1 ctx=B 0..1 ok ctx=A
                c1 put k v2 ctx=A 2..3 ok ctx=B
                """);

        assertEquals(List.of("v1", "v2"), covered(replacement, "A"));
    }

    @Test
    void aLongChainOfReplacementsIsFollowedToItsBegin() {
        StringBuilder lines = new StringBuilder("c1 put k v0 0..1 ok ctx=A0\n");
        for (int i = 1; i < 5_000; i++) {
            lines.append(
                    "c1 put k v" + i + " ctx=A" + (i - 1) + " " + 2 * i + ".." + (2 * i + 1) + " ok ctx=A" + i + "\n");
        }

        assertTrue(of(lines.toString()).follows("v4999", "v0"));
    }
}

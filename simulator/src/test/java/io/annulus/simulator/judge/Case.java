package io.annulus.simulator.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.simulator.history.History;
import io.annulus.simulator.history.Mode;
import java.util.Arrays;
import java.util.List;

/**
 * A hand-written history, and what the judge concerned has to say about it.
 *
 * @param name what it shows
 * @param history the history
 * @param text part of the text of the one violation; empty when there must be none
 * @param operations the operations that the violation names
 */
record Case(String name, History history, String text, List<Integer> operations) {

    static Case good(String name, Mode mode, String lines) {
        return new Case(name, HistoryScript.of(mode, lines), "", List.of());
    }

    static Case bad(String name, Mode mode, String lines, String text, Integer... operations) {
        return new Case(name, HistoryScript.of(mode, lines), text, Arrays.asList(operations));
    }

    boolean isGood() {
        return text.isEmpty();
    }

    /** Fails unless the judge finds just what it should. */
    void check(Judge judge) {
        List<Violation> found = judge.judge(history);
        if (isGood()) {
            assertEquals(List.of(), found);
            return;
        }
        assertEquals(1, found.size(), found::toString);
        assertTrue(found.get(0).text().contains(text), found::toString);
        assertEquals(operations, found.get(0).operations(), found::toString);
        assertEquals(judge.name(), found.get(0).judge());
    }

    @Override
    public String toString() {
        return (isGood() ? "good: " : "bad: ") + name;
    }
}

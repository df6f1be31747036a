package io.annulus.itests.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.annulus.itests.simulation.WriteLedger.Fate;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The judge, judged by histories written by hand. */
class WriteLedgerTest {

    private final WriteLedger ledger = new WriteLedger();

    @Test
    void ackedValueThatIsNowhereIsLost() {
        acked("a", Set.of());
        assertEquals(List.of("a"), ledger.lost(Set.of()));
        assertEquals(List.of(), ledger.lost(Set.of("a")));
    }

    @Test
    void replacedValueIsAccountedForByItsReplacement() {
        acked("a", Set.of());
        acked("b", Set.of("a"));
        assertEquals(List.of(), ledger.lost(Set.of("b")));
        assertEquals(List.of("a", "b"), ledger.lost(Set.of()).stream().sorted().toList());
    }

    @Test
    void refusedWriteAccountsForNothingAndMustNotAppear() {
        acked("a", Set.of());
        ledger.begin("b", false, Set.of("a"));
        ledger.end("b", Fate.NOT_APPLIED, false);
        assertEquals(List.of("a"), ledger.lost(Set.of()));
        assertEquals(List.of("b"), ledger.invented(Set.of("a", "b")));
    }

    @Test
    void valueThatWasReplacedMustNotComeBack() {
        acked("a", Set.of());
        acked("b", Set.of("a"));
        assertEquals(List.of("a"), ledger.resurrected(Set.of("a", "b")));
    }

    @Test
    void deleteAccountsForWhatItHadSeen() {
        acked("a", Set.of());
        ledger.begin("d", true, Set.of("a"));
        ledger.end("d", Fate.UNKNOWN, false);
        assertEquals(List.of(), ledger.lost(Set.of()));
        assertEquals(List.of(), ledger.resurrected(Set.of("a")));
    }

    private void acked(String id, Set<String> seen) {
        ledger.begin(id, false, seen);
        ledger.end(id, Fate.ACKED, true);
    }
}

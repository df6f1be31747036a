package io.annulus.simulator.judge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.Guarantee;
import io.annulus.api.KeyspaceMode;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.Receipt;
import io.annulus.api.ReplicaAnswer;
import io.annulus.api.ReplicaAnswer.Outcome;
import io.annulus.api.ReplicaAnswer.Role;
import io.annulus.simulator.history.Answer;
import io.annulus.simulator.history.History;
import io.annulus.simulator.history.Mode;
import io.annulus.simulator.history.Operation;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Receipts that a script of histories cannot tell: with outcomes, and with the durability of acknowledgements. */
class LossTest {

    private static final ReplicaAnswer OWNER = new ReplicaAnswer("n1", Role.OWNER, Outcome.ACKNOWLEDGED, "SYNCED");
    private static final ReplicaAnswer DOWN = new ReplicaAnswer("n2", Role.OWNER, Outcome.NOT_ASKED, "");
    private static final ReplicaAnswer STAND_IN =
            new ReplicaAnswer("n4", Role.STAND_IN, Outcome.ACKNOWLEDGED, "SYNCED");

    /** The history of the lines, in which the first operation has another receipt. */
    static History with(Receipt receipt, String lines) {
        History told = HistoryScript.of(Mode.SIBLINGS, lines);
        List<Operation> operations = told.operations().stream()
                .map(operation -> operation.index() > 0 ? operation : with(receipt, operation))
                .toList();
        return new History(told.setting(), operations, told.incidents(), told.finals());
    }

    private static Operation with(Receipt receipt, Operation operation) {
        Answer answer = operation.answer().orElseThrow();
        return new Operation(
                operation.index(),
                operation.invocation(),
                Optional.of(new Answer(
                        answer.nanos(),
                        answer.ending(),
                        answer.values(),
                        answer.count(),
                        answer.timestamp(),
                        answer.context(),
                        Optional.of(receipt),
                        answer.error())));
    }

    private static boolean excused(Receipt receipt, String incidents) {
        History history = with(receipt, "c1 put k v1 w=1 sloppy 0..10 ok\n" + incidents);
        return Loss.excuses(history, history.operations().get(0));
    }

    private static Receipt receipt(Guarantee guarantee, int required, int received, ReplicaAnswer... answers) {
        return new Receipt(guarantee, 1, 3, required, received, List.of(answers));
    }

    @Test
    void aStandInsCopyIsAsSafeAsTheOwnerThatItIsHandedTo() {
        Receipt receipt = receipt(Guarantee.SLOPPY, 1, 1, DOWN, STAND_IN);

        assertTrue(excused(receipt, "incident 20 wipe n4 loses"));
        assertTrue(excused(receipt, "incident 20 wipe n2 loses"));
        assertFalse(excused(receipt, "incident 20 wipe n1 loses"));
    }

    @Test
    void eachStandInHandsItsCopyToAnotherOwner() {
        ReplicaAnswer down = new ReplicaAnswer("n3", Role.OWNER, Outcome.NOT_ASKED, "");
        ReplicaAnswer other = new ReplicaAnswer("n5", Role.STAND_IN, Outcome.ACKNOWLEDGED, "SYNCED");
        Receipt receipt = receipt(Guarantee.SLOPPY, 2, 2, DOWN, down, STAND_IN, other);

        assertFalse(excused(receipt, "incident 20 wipe n2 loses"));
        assertFalse(excused(receipt, "incident 20 wipe n4 loses"));
        assertTrue(excused(receipt, "incident 20 wipe n2 loses\nincident 30 wipe n3 loses"));
        assertTrue(excused(receipt, "incident 20 wipe n2 loses\nincident 30 wipe n5 loses"));
    }

    @Test
    void theOwnerThatAcknowledgedKeepsItsCopyWhateverTheStandInDoes() {
        Receipt receipt = receipt(Guarantee.SLOPPY, 1, 2, OWNER, DOWN, STAND_IN);

        assertFalse(excused(receipt, "incident 20 wipe n4 loses"));
        assertTrue(excused(receipt, "incident 20 wipe n1 loses\nincident 30 wipe n2 loses"));
    }

    @Test
    void whatWasNotSyncedMayGoWithAnyFaultOfItsNode() {
        ReplicaAnswer unsynced = new ReplicaAnswer("n1", Role.OWNER, Outcome.ACKNOWLEDGED, "WRITTEN");

        assertTrue(excused(receipt(Guarantee.EVENTUAL, 1, 1, unsynced), "incident 20 crash n1"));
        assertFalse(excused(receipt(Guarantee.EVENTUAL, 1, 1, OWNER), "incident 20 crash n1"));
        assertFalse(excused(receipt(Guarantee.EVENTUAL, 1, 1, unsynced), "incident 20 crash n2"));
    }

    @Test
    void nobodyAcknowledgedNobodyLost() {
        assertFalse(excused(receipt(Guarantee.EVENTUAL, 1, 0, DOWN), "incident 20 wipe n2 loses"));
    }

    @Test
    void aReplicaThatIsNotAdmittedCountsTowardNoOverlap() {
        ReplicaAnswer amnesiac = new ReplicaAnswer("n2", Role.OWNER, Outcome.NOT_ADMITTED, "");
        String read = "c1 get k r=2 0..10 ok none";

        List<Violation> counted =
                new ReceiptJudge().judge(with(receipt(Guarantee.OVERLAP, 2, 2, OWNER, amnesiac), read));
        assertEquals(3, counted.size(), counted::toString);
        assertTrue(
                counted.get(2).text().contains("claims OVERLAP with 1 owners that acknowledged, where 2 are required"));

        ReplicaAnswer third = new ReplicaAnswer("n3", Role.OWNER, Outcome.ACKNOWLEDGED, "");
        Receipt sound = receipt(Guarantee.OVERLAP, 2, 2, OWNER, amnesiac, third);
        assertEquals(List.of(), new ReceiptJudge().judge(with(sound, read)));
    }

    @Test
    void theKeyspacesOwnNumbersTellWhetherAClaimSuffices() {
        Judge judge = new ReceiptJudge(KeyspaceSettings.of("test", KeyspaceMode.CAUSAL, 3));
        History one = HistoryScript.of(Mode.SIBLINGS, "c1 put k v1 w=1 0..10 ok OVERLAP by=n1");
        History two = HistoryScript.of(Mode.SIBLINGS, "c1 put k v1 w=1 0..10 ok OVERLAP by=n1,n2");

        assertEquals(1, judge.judge(one).size());
        assertTrue(judge.judge(one).get(0).text().contains("do not meet the keyspace's R = 2"));
        assertEquals(List.of(), judge.judge(two));
    }
}

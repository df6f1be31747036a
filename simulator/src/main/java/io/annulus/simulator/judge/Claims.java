package io.annulus.simulator.judge;

import io.annulus.api.Guarantee;
import io.annulus.api.Receipt;
import io.annulus.api.ReplicaAnswer;
import io.annulus.api.ReplicaAnswer.Outcome;
import io.annulus.api.ReplicaAnswer.Role;
import io.annulus.simulator.history.Operation;

/**
 * What receipts claim, taken at their word. No loss of data excuses a claim: a replica that lost what it acknowledged may not
 * count in a read before it has caught up with so many of the others that one of them acknowledged the write, and when none
 * of these is left it may never count again.
 */
final class Claims {

    private Claims() {}

    /** Whether an operation was done with a receipt that claims as much. */
    static boolean claims(Operation operation, Guarantee least) {
        return operation.isOk()
                && operation
                        .guarantee()
                        .map(given -> given.compareTo(least) >= 0)
                        .orElse(false);
    }

    /**
     * Whether a read claims to have met an acknowledged write that claims to be met. An overlap is claimed with the keyspace's
     * own R or W, and two operations that ask for less than these may each meet all full ones and yet not one another: so the
     * owners that acknowledged have to overlap too.
     */
    static boolean meets(Operation write, Operation read) {
        return claims(write, Guarantee.OVERLAP)
                && claims(read, Guarantee.OVERLAP)
                && write.precedes(read)
                && owners(receipt(write)) + owners(receipt(read)) > Math.max(copies(write), copies(read));
    }

    /** How many owners acknowledged, each counted once. */
    static int owners(Receipt receipt) {
        return (int) receipt.replicas().stream()
                .filter(answer -> answer.role() == Role.OWNER && answer.outcome() == Outcome.ACKNOWLEDGED)
                .map(ReplicaAnswer::node)
                .distinct()
                .count();
    }

    /** N that the receipt of an operation names. */
    static int copies(Operation operation) {
        return receipt(operation).copies();
    }

    static Receipt receipt(Operation operation) {
        return operation.answer().orElseThrow().receipt().orElseThrow();
    }
}

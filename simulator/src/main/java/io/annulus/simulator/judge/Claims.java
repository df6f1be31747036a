package io.annulus.simulator.judge;

import io.annulus.api.Guarantee;
import io.annulus.api.Receipt;
import io.annulus.api.ReplicaAnswer;
import io.annulus.api.ReplicaAnswer.Outcome;
import io.annulus.api.ReplicaAnswer.Role;
import io.annulus.simulator.history.Level;
import io.annulus.simulator.history.Operation;
import java.util.HashSet;
import java.util.Set;

/**
 * Which operations were promised to reflect which others: by their receipts, taken at their word, or, where there is none, by
 * the levels that were asked for. No loss of data excuses a claim: a replica that lost what it acknowledged may not count in
 * a read before it has caught up with so many of the others that one of them acknowledged the write, and when none of these
 * is left it may never count again.
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
     * Whether a read has to reflect an acknowledged write that ended before it began. An overlap is claimed with the keyspace's
     * own R or W, and two operations that ask for less than these may each meet all full ones and yet not one another: so the
     * owners that acknowledged have to overlap too.
     */
    static boolean meets(Operation write, Operation read) {
        return write.precedes(read) && overlap(owners(write), copies(write), owners(read), copies(read));
    }

    /** Whether two operations that reached so many owners of so many copies have one in common. */
    static boolean overlap(int owners, int copies, int otherOwners, int otherCopies) {
        return owners > 0 && otherOwners > 0 && owners + otherOwners > Math.max(copies, otherCopies);
    }

    /** Whether two reads were both promised that no later such read sees less. */
    static boolean bothAtomic(Operation earlier, Operation later) {
        return claims(earlier, Guarantee.ATOMIC) && claims(later, Guarantee.ATOMIC);
    }

    /** How many owners an operation claims to have reached for an overlap; 0 when it claims none. */
    static int owners(Operation operation) {
        if (operation.guarantee().isPresent()) {
            return claims(operation, Guarantee.OVERLAP) ? owners(receipt(operation)) : 0;
        }
        Level asked = operation.invocation().level();
        return operation.isOk() && !asked.sloppy() ? asked.replicas() : 0;
    }

    /** How many owners acknowledged, each counted once. */
    static int owners(Receipt receipt) {
        Set<String> owners = new HashSet<>();
        for (ReplicaAnswer answer : receipt.replicas()) {
            if (answer.role() == Role.OWNER && answer.outcome() == Outcome.ACKNOWLEDGED) {
                owners.add(answer.node());
            }
        }
        return owners.size();
    }

    /** N, by the receipt of an operation, or as it was asked for. */
    static int copies(Operation operation) {
        return operation.guarantee().isPresent()
                ? receipt(operation).copies()
                : operation.invocation().level().copies();
    }

    private static Receipt receipt(Operation operation) {
        return operation.answer().orElseThrow().receipt().orElseThrow();
    }
}

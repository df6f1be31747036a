package io.annulus.simulator.judge;

import io.annulus.api.Guarantee;
import io.annulus.api.Receipt;
import io.annulus.api.ReplicaAnswer;
import io.annulus.simulator.history.History;
import io.annulus.simulator.history.Incident;
import io.annulus.simulator.history.Operation;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which reads were promised to meet which writes: of operations with receipts, those whose receipts both claim an overlap; of
 * operations without, those whose levels overlap. A replica that lost its data keeps no promise that it made before, so what
 * was acknowledged by such a one is met only where another one that acknowledged it answered the read. Immutable.
 */
final class Overlap {

    private final History history;

    Overlap(History history) {
        this.history = history;
    }

    /** Whether a read that begins after the end of an acknowledged write has to reflect it. */
    boolean meets(Operation write, Operation read) {
        if (!write.isOk() || !read.isOk() || !write.precedes(read)) {
            return false;
        }
        if (write.guarantee().isPresent() && read.guarantee().isPresent()) {
            return claims(write, Guarantee.OVERLAP) && claims(read, Guarantee.OVERLAP) && receiptsMeet(write, read);
        }
        return write.guarantee().isEmpty()
                && read.guarantee().isEmpty()
                && write.invocation().level().overlaps(read.invocation().level())
                && lostBetween(write, read).isEmpty();
    }

    /** Whether two reads were both promised that no later such read sees less. */
    boolean bothAtomic(Operation earlier, Operation later) {
        return claims(earlier, Guarantee.ATOMIC)
                && claims(later, Guarantee.ATOMIC)
                && lostBetween(earlier, later).isEmpty();
    }

    /** Whether an operation was answered with a receipt that claims as much. */
    static boolean claims(Operation operation, Guarantee least) {
        return operation.isOk()
                && operation
                        .guarantee()
                        .map(given -> given.compareTo(least) >= 0)
                        .orElse(false);
    }

    private boolean receiptsMeet(Operation write, Operation read) {
        Receipt wrote = receipt(write);
        Receipt asked = receipt(read);
        Set<String> holders = owners(wrote);
        Set<String> answered = owners(asked);
        Set<String> lost = lostBetween(write, read);
        if (holders.removeAll(lost)) {
            holders.retainAll(answered);
            return !holders.isEmpty();
        }
        // An overlap is claimed with the keyspace's own R or W; two operations that ask for less than these may each
        // overlap
        // with every full one and yet not with each other.
        return Math.max(wrote.required(), holders.size()) + Math.max(asked.required(), answered.size())
                > Math.max(wrote.copies(), asked.copies());
    }

    private Set<String> lostBetween(Operation first, Operation last) {
        return history.incidents().stream()
                .filter(incident -> incident.losesData()
                        && incident.nanos() >= first.startNanos()
                        && incident.nanos() <= last.endNanos())
                .map(Incident::node)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Receipt receipt(Operation operation) {
        return operation.answer().orElseThrow().receipt().orElseThrow();
    }

    private static Set<String> owners(Receipt receipt) {
        return receipt.replicas().stream()
                .filter(answer -> answer.role() == ReplicaAnswer.Role.OWNER
                        && answer.outcome() == ReplicaAnswer.Outcome.ACKNOWLEDGED)
                .map(ReplicaAnswer::node)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}

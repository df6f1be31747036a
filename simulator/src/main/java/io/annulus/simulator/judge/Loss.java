package io.annulus.simulator.judge;

import io.annulus.api.Receipt;
import io.annulus.api.ReplicaAnswer;
import io.annulus.api.ReplicaAnswer.Outcome;
import io.annulus.api.ReplicaAnswer.Role;
import io.annulus.api.storage.Durability;
import io.annulus.simulator.history.History;
import io.annulus.simulator.history.Operation;
import java.util.List;

/**
 * Which acknowledged writes may be gone though no promise was broken: those of which every copy that a replica acknowledged,
 * by the receipt, may have been on a disk that has lost its data since the write began. Each copy is on a disk of its own, so
 * as many nodes must have lost data as replicas had acknowledged (nodes whose answer says that it was not synced need only
 * have been struck). Without a receipt nothing is excused.
 *
 * <p>A stand-in hands its copy to the owner for which it took it, and forgets it; for which one, the receipt does not say, only
 * that each stood in for another one.
 *
 * <p>An excuse is for one write alone. A write that replaced others and is excused took with it only replicas that have lost
 * their data too; wherever else a copy of those others was, it still is, or what replaced it there. So they are not excused
 * unless their own copies all are.
 */
final class Loss {

    private Loss() {}

    static boolean excuses(History history, Operation write) {
        List<ReplicaAnswer> answers = write.answer()
                .flatMap(answer -> answer.receipt())
                .map(Receipt::replicas)
                .orElse(List.of());
        List<ReplicaAnswer> holders = answers.stream()
                .filter(answer -> answer.outcome() == Outcome.ACKNOWLEDGED)
                .toList();
        List<ReplicaAnswer> kept = holders.stream()
                .filter(holder -> !mayHaveLost(history, holder, write.startNanos()))
                .toList();
        return !holders.isEmpty()
                && kept.stream().allMatch(holder -> holder.role() == Role.STAND_IN)
                && kept.size() <= ownersThatLostIt(history, answers, write.startNanos());
    }

    private static boolean mayHaveLost(History history, ReplicaAnswer holder, long nanos) {
        return history.lostDataAfter(holder.node(), nanos)
                || isNotSynced(holder) && wasStruck(history, holder.node(), nanos);
    }

    /** How many owners that had not acknowledged may have been handed a copy and have lost it. */
    private static long ownersThatLostIt(History history, List<ReplicaAnswer> answers, long nanos) {
        return answers.stream()
                .filter(answer -> answer.role() == Role.OWNER && answer.outcome() != Outcome.ACKNOWLEDGED)
                .filter(owner -> history.lostDataAfter(owner.node(), nanos))
                .count();
    }

    private static boolean isNotSynced(ReplicaAnswer holder) {
        return !holder.durability().isEmpty() && !holder.durability().equals(Durability.SYNCED.name());
    }

    private static boolean wasStruck(History history, String node, long nanos) {
        return history.incidents().stream()
                .anyMatch(incident -> incident.node().equals(node) && incident.nanos() >= nanos);
    }
}

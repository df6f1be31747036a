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
 * Which acknowledged writes may be gone though no promise was broken: those of which every replica that acknowledged, by the
 * receipt, may have lost its data since the write began. Without a receipt none may.
 *
 * <p>What had replaced others and is lost leaves these replaced at every replica that took it, and that replica has lost its
 * data too, so there is no excuse for a write that such a lost one had replaced, but its own.
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
        return !holders.isEmpty()
                && holders.stream().allMatch(holder -> mayHaveLost(history, answers, holder, write.startNanos()));
    }

    private static boolean mayHaveLost(History history, List<ReplicaAnswer> answers, ReplicaAnswer holder, long nanos) {
        return history.lostDataAfter(holder.node(), nanos)
                || isNotSynced(holder) && wasStruck(history, holder.node(), nanos)
                || holder.role() == Role.STAND_IN && handedOverAndLost(history, answers, nanos);
    }

    /** A stand-in hands its copy to the owner that did not answer, and forgets it. */
    private static boolean handedOverAndLost(History history, List<ReplicaAnswer> answers, long nanos) {
        return answers.stream()
                .filter(answer -> answer.role() == Role.OWNER && answer.outcome() != Outcome.ACKNOWLEDGED)
                .anyMatch(owner -> history.lostDataAfter(owner.node(), nanos));
    }

    private static boolean isNotSynced(ReplicaAnswer holder) {
        return !holder.durability().isEmpty() && !holder.durability().equals(Durability.SYNCED.name());
    }

    private static boolean wasStruck(History history, String node, long nanos) {
        return history.incidents().stream()
                .anyMatch(incident -> incident.node().equals(node) && incident.nanos() >= nanos);
    }
}

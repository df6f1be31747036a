package io.annulus.api;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What an operation rests on. It never overstates: sloppy acknowledgements and answers of replicas that are not admitted
 * count toward no overlap.
 *
 * @param guarantee what the answers add up to
 * @param ringEpoch epoch of the ring that named the replicas, 0 when there was none
 * @param copies N that was in effect: the keyspace's, or the number of members that own arcs where that is less
 * @param required how many answers were asked for (R or W)
 * @param received how many of them came
 * @param replicas each replica's part, owners first
 */
public record Receipt(
        Guarantee guarantee, long ringEpoch, int copies, int required, int received, List<ReplicaAnswer> replicas) {

    public Receipt {
        Objects.requireNonNull(guarantee, "guarantee");
        replicas = List.copyOf(replicas);
    }

    /** The receipt of an operation that asked nobody. */
    public static Receipt none(int required) {
        return new Receipt(Guarantee.EVENTUAL, 0, 0, required, 0, List.of());
    }

    /** Each replica with its part, for a sentence: {@code node1 acknowledged, node2 not asked}. */
    public String summary() {
        return replicas.isEmpty()
                ? "nobody asked"
                : replicas.stream()
                        .map(answer -> answer.node() + " "
                                + answer.outcome()
                                        .name()
                                        .toLowerCase(Locale.ROOT)
                                        .replace('_', ' '))
                        .collect(Collectors.joining(", "));
    }

    /** How many stand-ins acknowledged. */
    public int standIns() {
        return (int) replicas.stream()
                .filter(answer -> answer.role() == ReplicaAnswer.Role.STAND_IN
                        && answer.outcome() == ReplicaAnswer.Outcome.ACKNOWLEDGED)
                .count();
    }
}

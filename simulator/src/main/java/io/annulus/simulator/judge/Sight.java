package io.annulus.simulator.judge;

import io.annulus.simulator.history.Operation;
import io.annulus.simulator.history.ReplicaState;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * One look at a key: an answer, or what a replica held at the end.
 *
 * @param where whose look it is, for people
 * @param values what was there
 * @param count what a counter was at
 * @param fromNanos when it began; {@link Long#MAX_VALUE} for the end
 * @param toNanos when it was over; {@link Long#MAX_VALUE} for the end
 * @param operations the index of the operation that looked; none for the end
 */
record Sight(
        String where, List<String> values, OptionalLong count, long fromNanos, long toNanos, List<Integer> operations) {

    /** What an operation that was done showed. */
    static Sight of(Operation operation) {
        String article = operation.invocation().last() ? "the last " : "the ";
        return new Sight(
                article + operation.function().name().toLowerCase(Locale.ROOT) + " " + operation.index() + " of "
                        + operation.invocation().process(),
                operation.values(),
                operation.answer().orElseThrow().count(),
                operation.startNanos(),
                operation.endNanos(),
                List.of(operation.index()));
    }

    /** What a replica held at the end. */
    static Sight of(ReplicaState state) {
        return new Sight(
                "replica " + state.replica(), state.values(), state.count(), Long.MAX_VALUE, Long.MAX_VALUE, List.of());
    }

    /**
     * Whether this look at the end must account for a write: it was acknowledged before, and the replicas have rested since. They
     * have not, between two last operations.
     */
    boolean mustHave(Operation write) {
        boolean rested = operations.isEmpty() || !write.invocation().last();
        return write.function().isWrite() && write.isOk() && rested && write.endNanos() < fromNanos;
    }

    /** Whether this look may show the effect of a write. */
    boolean maySee(Operation write) {
        return write.mayTakeEffect() && write.startNanos() <= toNanos;
    }
}

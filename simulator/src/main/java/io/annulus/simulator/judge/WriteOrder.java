package io.annulus.simulator.judge;

import io.annulus.simulator.history.Answer;
import io.annulus.simulator.history.Function;
import io.annulus.simulator.history.History;
import io.annulus.simulator.history.Mode;
import io.annulus.simulator.history.Operation;
import io.annulus.simulator.history.Promise;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which of two writes of one key of a single value is certainly the older one, and so may not win. In a register, the one that
 * had ended when the other began. Where the last write wins, time between nodes orders nothing, since their clocks may differ;
 * what does is, in this order: the timestamps, where both are known; the node that stamped both, whose stamps never go back
 * while it lives; a promise of monotonic writes for writes of one process, and of writes-follow-reads for what it had read.
 * Immutable in effect; one thread.
 */
final class WriteOrder {

    private final History history;
    private final Mode mode;
    private final List<Operation> operations;
    private final Map<String, Operation> writers = new HashMap<>();

    /** The order of the writes of one key. */
    WriteOrder(History history, Mode mode, List<Operation> operationsOfOneKey) {
        this.history = history;
        this.mode = mode;
        this.operations = operationsOfOneKey;
        for (Operation operation : operationsOfOneKey) {
            operation.value().ifPresent(value -> writers.putIfAbsent(value, operation));
        }
    }

    /** The write of a value. */
    Optional<Operation> writer(String value) {
        return Optional.ofNullable(writers.get(value));
    }

    /** Whether a write is certainly older than another one. */
    boolean isOlder(Operation older, Operation newer) {
        if (mode == Mode.REGISTER) {
            return older.precedes(newer);
        }
        OptionalLong mine = timestamp(older);
        OptionalLong other = timestamp(newer);
        if (mine.isPresent() && other.isPresent()) {
            return Long.compareUnsigned(mine.getAsLong(), other.getAsLong()) < 0;
        }
        return older.precedes(newer) && (isOfOneNode(older, newer) || isOfOneSession(older, newer))
                || hadRead(older, newer);
    }

    /** Whether a delete may have removed what {@code write} wrote, before {@code nanos}. */
    boolean mayBeDeleted(Operation write, long nanos) {
        return operations.stream()
                .anyMatch(delete -> delete.function() == Function.DELETE
                        && delete.mayTakeEffect()
                        && delete.startNanos() <= nanos
                        && !isOlder(delete, write));
    }

    private boolean isOfOneNode(Operation older, Operation newer) {
        String node = older.invocation().node();
        return !node.isEmpty()
                && node.equals(newer.invocation().node())
                && history.incidents().stream()
                        .noneMatch(incident -> incident.node().equals(node)
                                && incident.nanos() >= older.startNanos()
                                && incident.nanos() <= newer.endNanos());
    }

    private boolean isOfOneSession(Operation older, Operation newer) {
        return history.setting().promises().contains(Promise.MONOTONIC_WRITES)
                && older.invocation().process().equals(newer.invocation().process());
    }

    private boolean hadRead(Operation older, Operation newer) {
        return history.setting().promises().contains(Promise.WRITES_FOLLOW_READS)
                && older.value().isPresent()
                && operations.stream()
                        .anyMatch(read -> !read.function().isWrite()
                                && read.isOk()
                                && read.index() < newer.index()
                                && read.invocation()
                                        .process()
                                        .equals(newer.invocation().process())
                                && read.values().contains(older.value().get()));
    }

    private static OptionalLong timestamp(Operation write) {
        return write.answer().map(Answer::timestamp).orElse(OptionalLong.empty());
    }
}

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
import java.util.stream.Stream;

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
    private final List<Operation> writes;
    private final List<Operation> deletes;
    private final Map<String, Operation> writers = new HashMap<>();

    /** The order of the writes of one key. */
    WriteOrder(History history, Mode mode, List<Operation> operationsOfOneKey) {
        this.history = history;
        this.mode = mode;
        this.operations = operationsOfOneKey;
        this.writes =
                operationsOfOneKey.stream().filter(Operation::mayTakeEffect).toList();
        this.deletes = writes.stream()
                .filter(write -> write.function() == Function.DELETE)
                .toList();
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

    /**
     * The writes that a look at the key certainly does not reflect: where it shows a value, those that are newer than it; where it
     * shows nothing, the puts that no delete may have removed by then. Whether it has to reflect them is another question.
     *
     * @param shown the value, if any; a look at several is no look at a single value
     * @param nanos when the look was over
     */
    Stream<Operation> missed(List<String> shown, long nanos) {
        if (shown.isEmpty()) {
            return notDeleted(nanos).filter(write -> write.value().isPresent());
        }
        return writer(shown.get(0)).stream().flatMap(this::newerThan);
    }

    private Stream<Operation> newerThan(Operation write) {
        return mode == Mode.REGISTER
                ? begunAfter(write.endNanos())
                : writes.stream().filter(other -> other != write && isOlder(write, other));
    }

    private Stream<Operation> notDeleted(long nanos) {
        List<Operation> begun =
                deletes.stream().filter(delete -> delete.startNanos() <= nanos).toList();
        return mode == Mode.REGISTER
                ? begunAfter(begun.stream().mapToLong(Operation::endNanos).max().orElse(Long.MIN_VALUE))
                : writes.stream().filter(write -> begun.stream().allMatch(delete -> isOlder(delete, write)));
    }

    /** Since writes stand in the order of their begins, few of a long history need be looked at. */
    private Stream<Operation> begunAfter(long nanos) {
        int from = 0;
        int to = writes.size();
        while (from < to) {
            int middle = (from + to) >>> 1;
            if (writes.get(middle).startNanos() > nanos) {
                to = middle;
            } else {
                from = middle + 1;
            }
        }
        return writes.subList(from, writes.size()).stream();
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

package io.annulus.simulator.judge;

import io.annulus.simulator.history.History;
import io.annulus.simulator.history.Mode;
import io.annulus.simulator.history.Operation;
import io.annulus.simulator.history.ReplicaState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that a history tells of one key. Immutable.
 *
 * @param history the whole of it
 * @param key the key
 * @param operations on it, in the order of invocations
 * @param finals what its replicas held at the end
 */
record KeyHistory(History history, String key, List<Operation> operations, List<ReplicaState> finals) {

    /** Every key of a history, in order. */
    static List<KeyHistory> of(History history) {
        Map<String, List<Operation>> operations = history.byKey();
        Map<String, List<ReplicaState>> finals = history.finals().stream()
                .collect(Collectors.groupingBy(ReplicaState::key, TreeMap::new, Collectors.toList()));
        Set<String> keys = new TreeSet<>(operations.keySet());
        keys.addAll(finals.keySet());
        return keys.stream()
                .map(key -> new KeyHistory(
                        history, key, operations.getOrDefault(key, List.of()), finals.getOrDefault(key, List.of())))
                .toList();
    }

    /** The keys of one mode, in order. */
    static List<KeyHistory> of(History history, Mode mode) {
        return of(history).stream()
                .filter(found -> history.setting().modeOf(found.key) == mode)
                .toList();
    }

    /** Writes that have happened, or may have, or may yet. */
    List<Operation> writes() {
        return operations.stream().filter(Operation::mayTakeEffect).toList();
    }

    /** Reads that were answered. */
    List<Operation> reads() {
        return operations.stream()
                .filter(operation -> operation.isOk() && !operation.function().isWrite())
                .toList();
    }

    /** Every look at the key: reads, writes whose answers list values, and the end. */
    List<Sight> sights() {
        List<Sight> found = new ArrayList<>();
        operations.stream()
                .filter(Operation::isOk)
                .filter(operation ->
                        !operation.function().isWrite() || !operation.values().isEmpty())
                .map(Sight::of)
                .forEach(found::add);
        finals.stream().map(Sight::of).forEach(found::add);
        return found;
    }

    /** The looks at the end: last reads, and what the replicas held. */
    List<Sight> ends() {
        return Stream.concat(
                        reads().stream()
                                .filter(read -> read.invocation().last())
                                .map(Sight::of),
                        finals.stream().map(Sight::of))
                .toList();
    }

    /**
     * Visits each read and each end with the writes that it certainly has to account for: what a read claims to have met, and at
     * the end all that were acknowledged and cannot be lost.
     */
    void forEachLook(BiConsumer<Sight, Predicate<Operation>> visitor) {
        for (Operation read : reads()) {
            Sight sight = Sight.of(read);
            boolean last = read.invocation().last();
            visitor.accept(sight, write -> Claims.meets(write, read) || last && isCertain(sight, write));
        }
        for (ReplicaState state : finals) {
            Sight sight = Sight.of(state);
            visitor.accept(sight, write -> isCertain(sight, write));
        }
    }

    /** The operations that had been answered with the context that an operation sent along. */
    Stream<Operation> givers(Operation user) {
        String context = user.invocation().context();
        return operations.stream()
                .filter(given -> !context.isEmpty() && given.precedes(user))
                .filter(given -> given.contextGiven().equals(context));
    }

    Violation violation(Judge judge, String text, List<Integer> proof) {
        return new Violation(
                judge.name(), key, text, proof.stream().distinct().sorted().toList());
    }

    private boolean isCertain(Sight end, Operation write) {
        return end.mustHave(write) && !Loss.excuses(history, write);
    }
}

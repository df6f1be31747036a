package io.annulus.simulator.judge;

import io.annulus.simulator.history.Function;
import io.annulus.simulator.history.History;
import io.annulus.simulator.history.Operation;
import io.annulus.simulator.history.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Session guarantees of one key of siblings. A read reflects a write when it shows the write's value or accounts for it, and
 * shows nothing that the write replaced; it reflects another read when it accounts for all that this one showed, and shows
 * nothing that had been replaced there.
 */
final class SiblingSessions {

    private static final String JUDGE = "session";

    private final History history;
    private final Replacement replacement;
    private final List<Operation> reads;

    SiblingSessions(History history, List<Operation> operationsOfOneKey) {
        this.history = history;
        this.replacement = Replacement.of(operationsOfOneKey);
        this.reads = operationsOfOneKey.stream()
                .filter(operation -> operation.function() == Function.GET && operation.isOk())
                .toList();
    }

    /** What contradicts the promises to one process; at most one violation an operation. */
    List<Violation> judge(List<Operation> session) {
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < session.size(); i++) {
            Operation operation = session.get(i);
            List<Operation> before = session.subList(0, i);
            Optional<Violation> found =
                    operation.function().isWrite() ? ofWrite(before, operation) : ofRead(before, operation);
            found.ifPresent(violations::add);
        }
        return violations;
    }

    private Optional<Violation> ofRead(List<Operation> before, Operation read) {
        Predicate<String> accounted = accountedBy(read);
        return before.stream()
                .flatMap(earlier -> (earlier.function().isWrite()
                                ? readYourWrites(earlier, read, accounted)
                                : monotonicReads(earlier, read, accounted))
                        .stream())
                .findFirst()
                .or(() -> comesBack(before, read));
    }

    private Optional<Violation> readYourWrites(Operation write, Operation read, Predicate<String> accounted) {
        // The cheaper question first: what is told of receipts is counted anew for each pair.
        return missing(write, read, accounted)
                .filter(what -> isPromisedToShow(write, read))
                .map(what -> violation("read your writes: a later read of the same process " + what, read, write));
    }

    private Optional<Violation> monotonicReads(Operation earlier, Operation read, Predicate<String> accounted) {
        if (!isMonotonic(earlier, read)) {
            return Optional.empty();
        }
        Optional<String> lost = earlier.values().stream()
                .filter(value -> !accounted.test(value))
                .findFirst()
                .map(value -> "misses " + value);
        Optional<String> returned = read.values().stream()
                .filter(value -> !earlier.values().contains(value)
                        && earlier.values().stream().anyMatch(shown -> replacement.follows(shown, value)))
                .findFirst()
                .map(value -> "shows " + value + ", which was replaced by what had been seen");
        return lost.or(() -> returned)
                .map(what -> violation("monotonic reads: a later read of the same process " + what, read, earlier));
    }

    /**
     * A value that was seen and then gone stays gone: what is gone was replaced, and each is written once. It is enough to
     * look at the last read before, as the first return of a value shows there.
     */
    private Optional<Violation> comesBack(List<Operation> before, Operation read) {
        for (int i = before.size() - 1; i >= 0; i--) {
            Operation between = before.get(i);
            if (!between.function().isWrite() && isMonotonic(between, read)) {
                return before.subList(0, i).stream()
                        .filter(first -> !first.function().isWrite() && isMonotonic(first, between))
                        .flatMap(first -> returned(first, between, read).stream())
                        .findFirst();
            }
        }
        return Optional.empty();
    }

    private static Optional<Violation> returned(Operation first, Operation between, Operation read) {
        return read.values().stream()
                .filter(value ->
                        first.values().contains(value) && !between.values().contains(value))
                .findFirst()
                .map(value -> violation(
                        "monotonic reads: " + value
                                + " comes back after a read of the same process that no longer showed it",
                        read,
                        first,
                        between));
    }

    /** Whoever sees the write has to see what its process had written and read before. */
    private Optional<Violation> ofWrite(List<Operation> before, Operation write) {
        if (write.value().isEmpty() || !promised(Promise.MONOTONIC_WRITES) && !promised(Promise.WRITES_FOLLOW_READS)) {
            return Optional.empty();
        }
        return reads.stream()
                .filter(read -> read.values().contains(write.value().get()))
                .flatMap(read -> {
                    Predicate<String> accounted = accountedBy(read);
                    return before.stream().flatMap(earlier -> seenAlong(earlier, write, read, accounted).stream());
                })
                .findFirst();
    }

    private Optional<Violation> seenAlong(
            Operation earlier, Operation write, Operation read, Predicate<String> accounted) {
        if (earlier.function().isWrite()) {
            return promised(Promise.MONOTONIC_WRITES) && earlier.isOk()
                    ? missing(earlier, read, accounted)
                            .map(what -> violation(
                                    "monotonic writes: a read that shows "
                                            + write.value().orElseThrow() + " " + what,
                                    read,
                                    earlier,
                                    write))
                    : Optional.empty();
        }
        return promised(Promise.WRITES_FOLLOW_READS)
                ? earlier.values().stream()
                        .filter(value -> !accounted.test(value))
                        .findFirst()
                        .map(value -> violation(
                                "writes follow reads: a read that shows "
                                        + write.value().orElseThrow() + " misses " + value
                                        + ", which its writer had read before",
                                read,
                                earlier,
                                write))
                : Optional.empty();
    }

    /** What of a write a read fails to reflect. */
    private Optional<String> missing(Operation write, Operation read, Predicate<String> accounted) {
        Stream<String> written = write.value().filter(value -> !accounted.test(value)).stream()
                .map(value -> "misses " + value + ", which it had written");
        Stream<String> replaced = read.values().stream()
                .filter(value -> !write.value().filter(value::equals).isPresent() && replacement.replaces(write, value))
                .map(value -> "shows " + value + ", which it had "
                        + write.value().map(newer -> "replaced by " + newer).orElse("deleted"));
        return Stream.concat(written, replaced).findFirst();
    }

    private Predicate<String> accountedBy(Operation read) {
        return replacement.accountedBy(read.values(), read.endNanos());
    }

    private boolean isPromisedToShow(Operation write, Operation read) {
        return write.isOk() && (promised(Promise.READ_YOUR_WRITES) || Claims.meets(write, read));
    }

    private boolean isMonotonic(Operation earlier, Operation later) {
        return promised(Promise.MONOTONIC_READS) || Claims.bothAtomic(earlier, later);
    }

    private boolean promised(Promise promise) {
        return history.setting().promises().contains(promise);
    }

    private static Violation violation(String text, Operation read, Operation... others) {
        return Violations.of(JUDGE, read.key(), text, read, List.of(others));
    }
}

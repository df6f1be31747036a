package io.annulus.simulator.judge;

import io.annulus.simulator.history.History;
import io.annulus.simulator.history.Mode;
import io.annulus.simulator.history.Operation;
import io.annulus.simulator.history.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Session guarantees of one key of one value. What a session has seen may be followed by newer values only. */
final class RegisterSessions {

    private static final String JUDGE = "session";

    private final History history;
    private final WriteOrder order;

    RegisterSessions(History history, Mode mode, List<Operation> operationsOfOneKey) {
        this.history = history;
        this.order = new WriteOrder(history, mode, operationsOfOneKey);
    }

    /** What contradicts the promises to one process; at most one violation a read. */
    List<Violation> judge(List<Operation> session) {
        List<Violation> violations = new ArrayList<>();
        for (int i = 0; i < session.size(); i++) {
            Operation read = session.get(i);
            if (!read.function().isWrite() && read.values().size() <= 1) {
                ofRead(session.subList(0, i), read).ifPresent(violations::add);
            }
        }
        return violations;
    }

    private Optional<Violation> ofRead(List<Operation> before, Operation read) {
        Set<Integer> missed = order.missed(read.values(), read.endNanos())
                .takeWhile(write -> write.startNanos() <= read.endNanos())
                .map(Operation::index)
                .collect(Collectors.toSet());
        return before.stream()
                .filter(earlier -> !missed.isEmpty())
                .flatMap(earlier -> (earlier.function().isWrite()
                                ? readYourWrites(earlier, read, missed)
                                : monotonicReads(earlier, read, missed))
                        .stream())
                .findFirst()
                .or(() -> comesBack(before, read));
    }

    private Optional<Violation> readYourWrites(Operation write, Operation read, Set<Integer> missed) {
        return missed.contains(write.index()) && isPromisedToShow(write, read)
                ? violation(
                        "read your writes: "
                                + write.value().map(value -> "wrote " + value).orElse("deleted")
                                + ", and a later read of the same process shows the older " + read.values(),
                        read,
                        List.of(write))
                : Optional.empty();
    }

    private Optional<Violation> monotonicReads(Operation earlier, Operation read, Set<Integer> missed) {
        return earlier.values().size() != 1
                ? Optional.empty()
                : order.writer(earlier.values().get(0))
                        .filter(seen -> missed.contains(seen.index()) && isMonotonic(earlier, read))
                        .flatMap(seen -> violation(
                                "monotonic reads: saw " + earlier.values()
                                        + ", and a later read of the same process shows the older " + read.values(),
                                read,
                                List.of(seen, earlier)));
    }

    /**
     * A value that another one had followed does not come back: each is written once. It is enough to look at the last read
     * before, as the first return of a value shows there.
     */
    private Optional<Violation> comesBack(List<Operation> before, Operation read) {
        for (int i = before.size() - 1; i >= 0 && !read.values().isEmpty(); i--) {
            Operation between = before.get(i);
            if (!between.function().isWrite() && isMonotonic(between, read)) {
                return between.values().equals(read.values())
                        ? Optional.empty()
                        : before.subList(0, i).stream()
                                .filter(first -> !first.function().isWrite()
                                        && first.values().equals(read.values())
                                        && isMonotonic(first, between))
                                .findFirst()
                                .flatMap(first -> violation(
                                        "monotonic reads: " + read.values() + " comes back after a read of the same"
                                                + " process had shown " + between.values() + " in its place",
                                        read,
                                        List.of(first, between)));
            }
        }
        return Optional.empty();
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

    private static Optional<Violation> violation(String text, Operation read, List<Operation> others) {
        return Optional.of(Violations.of(JUDGE, read.key(), text, read, others));
    }
}

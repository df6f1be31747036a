package io.annulus.simulator.judge;

import io.annulus.simulator.history.Answer;
import io.annulus.simulator.history.Function;
import io.annulus.simulator.history.History;
import io.annulus.simulator.history.Operation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Whatever is asked after the last fault has ended is done within a bound; a compare-and-set may find something else than it
 * wants. What was asked before has some answer that bound after the last fault, unless its node was struck meanwhile: then the
 * client may never be told.
 *
 * <p>Not seen: operations before the peace whose node was struck, and all of a run that never has peace.
 */
public final class LivenessJudge implements Judge {

    private final long boundNanos;

    /** A judge that allows each operation so long. */
    public LivenessJudge(Duration bound) {
        this.boundNanos = bound.toNanos();
        if (boundNanos <= 0) {
            throw new IllegalArgumentException("a bound of " + bound + " lets nothing succeed; allow more than 0");
        }
    }

    @Override
    public String name() {
        return "liveness";
    }

    @Override
    public List<Violation> judge(History history) {
        long peace = history.setting().peaceNanos();
        if (peace == Long.MAX_VALUE) {
            return List.of();
        }
        boolean longEnough = lastNanos(history) - peace >= boundNanos;
        List<Violation> violations = new ArrayList<>();
        for (Operation operation : history.operations()) {
            Optional<String> fault = Optional.empty();
            if (operation.startNanos() >= peace) {
                fault = faultInPeace(operation);
            } else if (longEnough && !wasStruck(history, operation)) {
                fault = faultBefore(operation, peace);
            }
            fault.ifPresent(
                    text -> violations.add(new Violation(name(), operation.key(), text, List.of(operation.index()))));
        }
        return violations;
    }

    private Optional<String> faultInPeace(Operation operation) {
        if (operation.answer().isEmpty()) {
            return Optional.of(named(operation) + " was asked after the last fault and never answered");
        }
        Answer answer = operation.answer().get();
        boolean mismatch = operation.function() == Function.CAS
                && operation.isFailed()
                && answer.error().equals("mismatch");
        if (!operation.isOk() && !mismatch) {
            return Optional.of(named(operation) + " was asked after the last fault and ended " + answer.ending() + ": "
                    + answer.error());
        }
        long took = answer.nanos() - operation.startNanos();
        return took <= boundNanos
                ? Optional.empty()
                : Optional.of(named(operation) + " was asked after the last fault and took " + took + " ns, above "
                        + boundNanos);
    }

    private Optional<String> faultBefore(Operation operation, long peace) {
        if (operation.answer().isEmpty()) {
            return Optional.of(named(operation) + " has no answer, though its node was never struck and peace lasted "
                    + boundNanos + " ns");
        }
        long late = operation.answer().get().nanos() - peace;
        return late <= boundNanos
                ? Optional.empty()
                : Optional.of(
                        named(operation) + " was answered " + late + " ns after the last fault, above " + boundNanos);
    }

    private static String named(Operation operation) {
        return operation.function() + " at " + operation.invocation().node();
    }

    /** Any fault of the node counts: one that began earlier may have been under way. */
    private static boolean wasStruck(History history, Operation operation) {
        return history.incidents().stream().anyMatch(incident -> incident.node()
                .equals(operation.invocation().node()));
    }

    private static long lastNanos(History history) {
        Stream<Long> asked = history.operations().stream().map(Operation::startNanos);
        Stream<Long> answered =
                history.operations().stream().flatMap(operation -> operation.answer().map(Answer::nanos).stream());
        return Stream.concat(asked, answered).max(Long::compare).orElse(Long.MIN_VALUE);
    }
}

package io.annulus.simulator.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Takes down what happens in a run, operations and incidents in the order of their times. Used by one thread. */
public final class HistoryRecorder {

    private final List<Invocation> invocations = new ArrayList<>();
    private final List<Optional<Answer>> answers = new ArrayList<>();
    private final List<Incident> incidents = new ArrayList<>();
    private final List<ReplicaState> finals = new ArrayList<>();

    /** Takes down what a client asks, before it is sent. Gives the number that its answer is filed under. */
    public int invoke(Invocation invocation) {
        if (!invocations.isEmpty()) {
            requireNotBefore(invocations.get(invocations.size() - 1).nanos(), invocation.nanos());
        }
        invocations.add(invocation);
        answers.add(Optional.empty());
        return answers.size() - 1;
    }

    /**
     * Takes down what a client was told.
     *
     * @throws IllegalStateException when the operation had ended
     */
    public void end(int operation, Answer answer) {
        if (answers.get(operation).isPresent()) {
            throw new IllegalStateException("operation " + operation + " has ended already: "
                    + answers.get(operation).get());
        }
        requireNotBefore(invocations.get(operation).nanos(), answer.nanos());
        answers.set(operation, Optional.of(answer));
    }

    /** Whether an operation has ended. */
    public boolean hasEnded(int operation) {
        return answers.get(operation).isPresent();
    }

    /** Takes down a fault, or its end. */
    public void incident(Incident incident) {
        if (!incidents.isEmpty()) {
            requireNotBefore(incidents.get(incidents.size() - 1).nanos(), incident.nanos());
        }
        incidents.add(incident);
    }

    /** Takes down what a replica holds in the end. */
    public void finalState(ReplicaState state) {
        finals.add(Objects.requireNonNull(state, "state"));
    }

    /** Number of operations so far. */
    public int size() {
        return invocations.size();
    }

    private static void requireNotBefore(long earlier, long later) {
        if (later < earlier) {
            throw new IllegalStateException("something of " + later + " ns comes after something of " + earlier
                    + " ns; take it down when it happens");
        }
    }

    /** What was taken down so far. */
    public History history(Setting setting) {
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < invocations.size(); i++) {
            operations.add(new Operation(i, invocations.get(i), answers.get(i)));
        }
        return new History(setting, operations, incidents, finals);
    }
}

package io.annulus.itests.simulation;

import io.annulus.api.Receipt;
import io.annulus.simulator.history.Answer;
import io.annulus.simulator.history.History;
import io.annulus.simulator.history.Invocation;
import io.annulus.simulator.history.Operation;
import io.annulus.simulator.history.ReplicaState;
import io.annulus.simulator.judge.Violation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What happened to one key in a run, as lines for people, in the order of time. Pure. */
final class EventLog {

    private static final int CONTEXT_CHARS = 8;

    private record Event(long nanos, String text) {}

    private EventLog() {}

    /** The operations of the key of a violation, those that prove it marked with a star, with the faults in between. */
    static List<String> of(History history, Violation violation) {
        Set<Integer> proof = new HashSet<>(violation.operations());
        List<Event> events = new ArrayList<>();
        history.incidents()
                .forEach(incident -> events.add(
                        new Event(incident.nanos(), "    " + incident.node() + " ~~ " + incident.kind() + " ~~")));
        for (Operation operation : history.operations()) {
            if (operation.key().equals(violation.key())) {
                String mark = (proof.contains(operation.index()) ? "  * " : "    ") + "#" + operation.index() + " ";
                events.add(new Event(operation.startNanos(), mark + asked(operation)));
                operation
                        .answer()
                        .ifPresent(answer -> events.add(new Event(answer.nanos(), mark + told(operation, answer))));
            }
        }
        List<String> lines = new ArrayList<>();
        events.stream()
                .sorted(Comparator.comparingLong(Event::nanos))
                .forEach(event ->
                        lines.add(String.format(Locale.ROOT, "%13.6f s%s", event.nanos() / 1e9, event.text())));
        for (ReplicaState state : history.finalsOf(violation.key())) {
            lines.add("       at the end    " + state.replica() + " holds " + state.values() + ", digest "
                    + Long.toHexString(state.digest()));
        }
        return lines;
    }

    private static String asked(Operation operation) {
        Invocation asked = operation.invocation();
        return asked.process() + " -> " + asked.node() + ": "
                + asked.function().name().toLowerCase(Locale.ROOT)
                + asked.value().map(value -> " " + value).orElse("")
                + (asked.context().isEmpty() ? "" : " over " + shortened(asked.context()))
                + (asked.function().isWrite() ? ", W " : ", R ") + asked.level().replicas() + " of "
                + asked.level().copies() + (asked.level().sloppy() ? ", sloppy" : "")
                + (asked.last() ? ", last read" : "");
    }

    private static String told(Operation operation, Answer answer) {
        return operation.invocation().process() + " <- "
                + answer.ending().name().toLowerCase(Locale.ROOT)
                + (operation.function().isWrite() ? "" : " " + answer.values())
                + (answer.context().isEmpty() ? "" : " ctx " + shortened(answer.context()))
                + (answer.timestamp().isPresent()
                        ? " stamp " + Long.toHexString(answer.timestamp().getAsLong())
                        : "")
                + answer.receipt().map(EventLog::receipt).orElse("")
                + (answer.error().isEmpty() ? "" : " " + answer.error());
    }

    private static String receipt(Receipt receipt) {
        return " " + receipt.guarantee() + " " + receipt.received() + "/" + receipt.required() + " ("
                + receipt.summary() + ")";
    }

    /** Contexts that differ mostly differ at their ends. */
    private static String shortened(String context) {
        int length = context.length();
        return length <= 2 * CONTEXT_CHARS
                ? context
                : context.substring(0, CONTEXT_CHARS) + ".." + context.substring(length - CONTEXT_CHARS);
    }
}

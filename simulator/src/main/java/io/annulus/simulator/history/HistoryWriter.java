package io.annulus.simulator.history;

import io.annulus.api.Receipt;
import io.annulus.api.ReplicaAnswer;
import io.annulus.simulator.history.Answer.Ending;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Collectors;

/**
 * Writes a history as lines of JSON: {@code meta} first; then in the order of time {@code invoke}, {@code ok}, {@code fail},
 * {@code info} and {@code nemesis}, at one nanosecond what is asked before what is answered; last {@code final}. See
 * {@link HistoryFields} for the names. What {@link HistoryReader} makes of it equals what was written.
 */
public final class HistoryWriter {

    private final History history;
    private final List<String> lines = new ArrayList<>();
    private final Map<String, Operation> open = new HashMap<>();
    private final PriorityQueue<Operation> answers = new PriorityQueue<>(
            Comparator.<Operation>comparingLong(HistoryWriter::answerNanos).thenComparing(Operation::index));
    private int incidents;
    private long lastNanos = Long.MIN_VALUE;

    private HistoryWriter(History history) {
        this.history = history;
    }

    /**
     * The text of a history, each line ended.
     *
     * @throws IllegalArgumentException when something is not in the order of the times, or a process asked while an operation
     *     of its own was open, or after one that ended unknown
     */
    public static String write(History history) {
        return String.join("\n", new HistoryWriter(history).lines()) + "\n";
    }

    private List<String> lines() {
        line("meta", meta(history.setting()));
        for (Operation operation : history.operations()) {
            until(operation.startNanos());
            String process = operation.invocation().process();
            if (open.containsKey(process) && !answerAtOnce(open.get(process), operation)) {
                throw new IllegalArgumentException("process " + process + " asks " + operation
                        + " while its operation " + open.get(process).index()
                        + " is open or ended unknown; let it go on under another name");
            }
            line("invoke", invoke(operation.invocation()));
            open.put(process, operation);
            operation.answer().ifPresent(answer -> answers.add(operation));
        }
        until(Long.MAX_VALUE);
        while (!answers.isEmpty()) {
            answer(answers.poll());
        }
        history.finals().forEach(state -> line("final", state(state)));
        return lines;
    }

    /** A process may ask again at the moment of its answer, which then has to be written before. */
    private boolean answerAtOnce(Operation earlier, Operation later) {
        if (!answers.remove(earlier) || answerNanos(earlier) > later.startNanos()) {
            return false;
        }
        answer(earlier);
        return !open.containsKey(earlier.invocation().process());
    }

    /** Writes the answers before a time, and the incidents up to it. */
    private void until(long nanos) {
        while (true) {
            long answered = answers.isEmpty() ? Long.MAX_VALUE : answerNanos(answers.peek());
            boolean struck = incidents < history.incidents().size()
                    && history.incidents().get(incidents).nanos() <= Math.min(nanos, answered);
            if (struck) {
                line("nemesis", incident(history.incidents().get(incidents++)));
            } else if (answered < nanos) {
                answer(answers.poll());
            } else {
                return;
            }
        }
    }

    private void answer(Operation operation) {
        Answer answer = operation.answer().orElseThrow();
        if (answer.ending() != Ending.INFO) {
            open.remove(operation.invocation().process());
        }
        line(answer.ending().name().toLowerCase(Locale.ROOT), answer(operation, answer));
    }

    private void line(String type, Map<String, Object> fields) {
        if (fields.get(HistoryFields.TIME) instanceof Long nanos) {
            if (nanos < lastNanos) {
                throw new IllegalArgumentException("time " + nanos + " of " + type + " " + fields
                        + " is before that of an earlier line, " + lastNanos);
            }
            lastNanos = nanos;
        }
        Map<String, Object> all = new LinkedHashMap<>();
        all.put(HistoryFields.TYPE, type);
        all.putAll(fields);
        lines.add(JsonText.of(all));
    }

    private static long answerNanos(Operation operation) {
        return operation.answer().orElseThrow().nanos();
    }

    /** Of prefixes that fit one key the longest stands first, since readers take the first. */
    private static Map<String, Object> meta(Setting setting) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(HistoryFields.MODE, HistoryFields.name(setting.mode()));
        Map<String, Object> modes = new LinkedHashMap<>();
        setting.modes().entrySet().stream()
                .sorted(Comparator.comparing(entry -> -entry.getKey().length()))
                .forEach(entry -> modes.put(entry.getKey(), HistoryFields.name(entry.getValue())));
        fields.put(HistoryFields.MODES, modes);
        fields.put(
                HistoryFields.GUARANTEES,
                setting.promises().stream().sorted().map(HistoryFields::name).collect(Collectors.toList()));
        fields.put(HistoryFields.SEED, setting.seed());
        if (setting.peaceNanos() != Long.MAX_VALUE) {
            fields.put(HistoryFields.PEACE, setting.peaceNanos());
        }
        return fields;
    }

    private static Map<String, Object> invoke(Invocation invocation) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Function function = invocation.function();
        fields.put(HistoryFields.TIME, invocation.nanos());
        fields.put(HistoryFields.PROCESS, invocation.process());
        fields.put(HistoryFields.FUNCTION, HistoryFields.name(function));
        fields.put(HistoryFields.KEY, invocation.key());
        invocation
                .value()
                .ifPresent(value -> fields.put(
                        HistoryFields.VALUE, function == Function.ADD ? (Object) Long.valueOf(value) : value));
        invocation.expect().ifPresent(expect -> fields.put(HistoryFields.EXPECT, expect));
        putText(fields, HistoryFields.CONTEXT, invocation.context());
        fields.put(
                function.isWrite() ? HistoryFields.WRITES : HistoryFields.READS,
                invocation.level().replicas());
        fields.put(HistoryFields.COPIES, invocation.level().copies());
        fields.put(HistoryFields.SLOPPY, invocation.level().sloppy());
        putText(fields, HistoryFields.NODE, invocation.node());
        if (invocation.last()) {
            fields.put(HistoryFields.FINAL, true);
        }
        return fields;
    }

    private static Map<String, Object> answer(Operation operation, Answer answer) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Function function = operation.function();
        fields.put(HistoryFields.TIME, answer.nanos());
        fields.put(HistoryFields.PROCESS, operation.invocation().process());
        fields.put(HistoryFields.FUNCTION, HistoryFields.name(function));
        fields.put(HistoryFields.KEY, operation.key());
        boolean read = !function.isWrite() && function != Function.COUNT && operation.isOk();
        if (read || !answer.values().isEmpty()) {
            fields.put(HistoryFields.VALUES, answer.values());
        }
        answer.count().ifPresent(count -> fields.put(HistoryFields.VALUE, count));
        answer.timestamp().ifPresent(timestamp -> fields.put(HistoryFields.TIMESTAMP, timestamp));
        putText(fields, HistoryFields.CONTEXT, answer.context());
        putText(fields, HistoryFields.ERROR, answer.error());
        answer.receipt().ifPresent(receipt -> fields.put(HistoryFields.RECEIPT, receipt(receipt)));
        return fields;
    }

    private static Map<String, Object> receipt(Receipt receipt) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(HistoryFields.GUARANTEE, receipt.guarantee().name());
        fields.put(HistoryFields.EPOCH, receipt.ringEpoch());
        fields.put(HistoryFields.COPIES, receipt.copies());
        fields.put(HistoryFields.REQUIRED, receipt.required());
        fields.put(HistoryFields.RECEIVED, receipt.received());
        fields.put(
                HistoryFields.REPLICAS,
                receipt.replicas().stream().map(HistoryWriter::replica).collect(Collectors.toList()));
        return fields;
    }

    private static Map<String, Object> replica(ReplicaAnswer answer) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(HistoryFields.NODE, answer.node());
        fields.put(HistoryFields.ROLE, answer.role().name());
        fields.put(HistoryFields.OUTCOME, answer.outcome().name());
        putText(fields, HistoryFields.DURABILITY, answer.durability());
        return fields;
    }

    private static Map<String, Object> incident(Incident incident) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(HistoryFields.TIME, incident.nanos());
        fields.put(HistoryFields.FUNCTION, incident.kind());
        putText(fields, HistoryFields.VALUE, incident.node());
        if (incident.losesData()) {
            fields.put(HistoryFields.LOSES_DATA, true);
        }
        return fields;
    }

    private static Map<String, Object> state(ReplicaState state) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(HistoryFields.REPLICA, state.replica());
        fields.put(HistoryFields.KEY, state.key());
        if (state.count().isEmpty() || !state.values().isEmpty()) {
            fields.put(HistoryFields.VALUES, state.values());
        }
        state.count().ifPresent(count -> fields.put(HistoryFields.COUNT, count));
        fields.put(HistoryFields.DIGEST, state.digest());
        return fields;
    }

    private static void putText(Map<String, Object> fields, String name, String text) {
        if (!text.isEmpty()) {
            fields.put(name, text);
        }
    }
}

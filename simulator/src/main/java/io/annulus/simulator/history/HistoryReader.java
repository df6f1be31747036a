package io.annulus.simulator.history;

import io.annulus.simulator.history.Answer.Ending;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads a history from lines of JSON, ours or another driver's. Strict: a line that is no JSON object, lacks a field that it
 * needs, goes back in time, or answers what is not open, is refused with its number. Fields and remarks that are not known are
 * passed over. Used once.
 *
 * <p>A value or context that is no JSON string stands as its JSON text. Levels that are not given as numbers become sloppy
 * ones, which claim nothing.
 */
public final class HistoryReader {

    private final SettingReader setting = new SettingReader();
    private final List<Invocation> invocations = new ArrayList<>();
    private final List<Optional<Answer>> answers = new ArrayList<>();
    private final Map<String, Integer> open = new HashMap<>();
    private final Set<String> dead = new HashSet<>();
    private final List<Incident> incidents = new ArrayList<>();
    private final List<ReplicaState> finals = new ArrayList<>();
    private final Set<List<String>> seenFinals = new HashSet<>();
    private long lastNanos = Long.MIN_VALUE;

    private HistoryReader() {}

    /**
     * The history that a text tells.
     *
     * @throws IllegalArgumentException naming number and text of the line that is unusable
     */
    public static History read(String text) {
        HistoryReader reader = new HistoryReader();
        int number = 0;
        for (String line : text.split("\n", -1)) {
            number++;
            if (!line.isBlank()) {
                try {
                    reader.line(HistoryLine.parse(line));
                } catch (IllegalArgumentException e) {
                    throw new IllegalArgumentException(
                            "line " + number + ": " + e.getMessage() + ": " + line.strip(), e);
                }
            }
        }
        return reader.history();
    }

    private History history() {
        List<Operation> operations = new ArrayList<>();
        for (int i = 0; i < invocations.size(); i++) {
            operations.add(new Operation(i, invocations.get(i), answers.get(i)));
        }
        return new History(setting.setting(), operations, incidents, finals);
    }

    private void line(HistoryLine line) {
        String type = line.text(HistoryFields.TYPE);
        switch (type) {
            case "meta" -> setting.meta(line);
            case "invoke" -> invoke(line);
            case "ok", "fail", "info" -> answer(line, Ending.valueOf(type.toUpperCase(Locale.ROOT)));
            case "nemesis" ->
                incidents.add(new Incident(
                        time(line),
                        line.any(HistoryFields.FUNCTION).orElse(""),
                        line.any(HistoryFields.VALUE).orElse(""),
                        line.flag(HistoryFields.LOSES_DATA).orElse(false)));
            case "mark" -> time(line);
            case "final" -> state(line);
            default ->
                throw new IllegalArgumentException(
                        "unknown type '" + type + "'; use meta, invoke, ok, fail, info, final, nemesis or mark");
        }
    }

    private long time(HistoryLine line) {
        long nanos = line.number(HistoryFields.TIME);
        if (nanos < lastNanos) {
            throw new IllegalArgumentException("time " + nanos + " is before that of an earlier line, " + lastNanos);
        }
        lastNanos = nanos;
        return nanos;
    }

    private void invoke(HistoryLine line) {
        long nanos = time(line);
        String process = line.text(HistoryFields.PROCESS);
        if (open.containsKey(process)) {
            throw new IllegalArgumentException("process " + process + " asks while its "
                    + HistoryFields.name(invocations.get(open.get(process)).function())
                    + " is open; end that, or go on under another name");
        }
        if (dead.contains(process)) {
            throw new IllegalArgumentException(
                    "process " + process + " asks after its info, which ends its session; go on under another name");
        }
        Function function = function(line.text(HistoryFields.FUNCTION));
        Optional<String> value = line.any(HistoryFields.VALUE);
        boolean takesValue = function.isWrite() && function != Function.DELETE;
        if (takesValue && value.isEmpty()) {
            throw new IllegalArgumentException(HistoryFields.name(function) + " has no value");
        }
        if (function == Function.ADD) {
            line.number(HistoryFields.VALUE);
        }
        String key = line.text(HistoryFields.KEY);
        setting.used(key, function, line.any(HistoryFields.MODE));
        invocations.add(new Invocation(
                nanos,
                process,
                line.any(HistoryFields.NODE).orElse(""),
                function,
                key,
                takesValue ? value : Optional.empty(),
                line.any(HistoryFields.EXPECT),
                line.any(HistoryFields.CONTEXT).orElse(""),
                setting.level(line, function),
                line.flag(HistoryFields.FINAL).orElse(false)));
        open.put(process, answers.size());
        answers.add(Optional.empty());
    }

    private void answer(HistoryLine line, Ending ending) {
        long nanos = time(line);
        String process = line.text(HistoryFields.PROCESS);
        Integer index = open.remove(process);
        if (index == null) {
            throw new IllegalArgumentException("process " + process + " is answered, and has nothing open");
        }
        if (ending == Ending.INFO) {
            dead.add(process);
        }
        Invocation invocation = invocations.get(index);
        same(line, HistoryFields.FUNCTION, HistoryFields.name(invocation.function()));
        same(line, HistoryFields.KEY, invocation.key());
        boolean ok = ending == Ending.OK;
        boolean counts = invocation.function() == Function.COUNT;
        boolean reads = ok && !counts && !invocation.function().isWrite();
        answers.set(
                index,
                Optional.of(new Answer(
                        nanos,
                        ending,
                        reads ? line.values() : line.valuesIfAny(),
                        counts && ok
                                ? OptionalLong.of(line.number(HistoryFields.VALUE))
                                : line.numberIfAny(HistoryFields.VALUE),
                        line.numberIfAny(HistoryFields.TIMESTAMP),
                        line.any(HistoryFields.CONTEXT).orElse(""),
                        line.object(HistoryFields.RECEIPT).map(HistoryLine::receipt),
                        line.any(HistoryFields.ERROR).orElse(""))));
    }

    private void state(HistoryLine line) {
        String replica = line.text(HistoryFields.REPLICA);
        String key = line.text(HistoryFields.KEY);
        if (!seenFinals.add(List.of(replica, key))) {
            throw new IllegalArgumentException("replica " + replica + " and key " + key + " have a final already");
        }
        OptionalLong count = line.numberIfAny(HistoryFields.COUNT);
        setting.ended(key, count.isPresent());
        finals.add(new ReplicaState(
                replica,
                key,
                count.isPresent() ? line.valuesIfAny() : line.values(),
                count,
                line.numberIfAny(HistoryFields.DIGEST).orElse(0)));
    }

    private static void same(HistoryLine line, String field, String invoked) {
        line.any(field).filter(answered -> !answered.equals(invoked)).ifPresent(answered -> {
            throw new IllegalArgumentException(
                    "the answer's " + field + " is " + answered + ", and asked was " + invoked);
        });
    }

    private static Function function(String name) {
        for (Function function : Function.values()) {
            if (HistoryFields.name(function).equals(name)) {
                return function;
            }
        }
        throw new IllegalArgumentException("unknown f '" + name + "'");
    }
}

package io.annulus.simulator.history;

import io.annulus.api.Guarantee;
import io.annulus.api.Receipt;
import io.annulus.api.ReplicaAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** The fields of one line, or of an object in it. A field that is null counts as absent. Immutable. */
final class HistoryLine {

    private final Map<?, ?> fields;

    private HistoryLine(Map<?, ?> fields) {
        this.fields = fields;
    }

    static HistoryLine parse(String line) {
        if (JsonParser.parse(line) instanceof Map<?, ?> fields) {
            return new HistoryLine(fields);
        }
        throw new IllegalArgumentException("no JSON object");
    }

    /** These fields, and those of another line in their place where it has them. */
    HistoryLine with(HistoryLine other) {
        Map<Object, Object> all = new LinkedHashMap<>(fields);
        other.fields.forEach((name, value) -> {
            if (!(value instanceof Optional)) {
                all.put(name, value);
            }
        });
        return new HistoryLine(all);
    }

    private Optional<Object> field(String name) {
        Object value = fields.get(name);
        return value instanceof Optional ? Optional.empty() : Optional.ofNullable(value);
    }

    private Object required(String name) {
        return field(name).orElseThrow(() -> new IllegalArgumentException("no " + name));
    }

    /** A string that has to be there. */
    String text(String name) {
        if (required(name) instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(name + " is no string");
    }

    /** A string, or the JSON text of anything else. */
    Optional<String> any(String name) {
        return field(name).map(HistoryLine::asText);
    }

    private static String asText(Object value) {
        return value instanceof String text ? text : JsonText.of(value);
    }

    /** An integer that has to be there. */
    long number(String name) {
        if (required(name) instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException(name + " is no integer");
    }

    /** An integer; nothing when there is something else. */
    OptionalLong numberIfAny(String name) {
        return fields.get(name) instanceof Long number ? OptionalLong.of(number) : OptionalLong.empty();
    }

    /** True or false, where the field is there. */
    Optional<Boolean> flag(String name) {
        return field(name).map(value -> {
            if (value instanceof Boolean flag) {
                return flag;
            }
            throw new IllegalArgumentException(name + " is neither true nor false");
        });
    }

    /** What was read, which has to be there. */
    List<String> values() {
        required(HistoryFields.VALUES);
        return valuesIfAny();
    }

    /** What was read, or nothing. */
    List<String> valuesIfAny() {
        return list(HistoryFields.VALUES).stream().map(HistoryLine::asText).toList();
    }

    /** A list; empty when the field is absent. */
    List<Object> list(String name) {
        Object value = field(name).orElse(List.of());
        if (!(value instanceof List<?> elements)) {
            throw new IllegalArgumentException(name + " is no list");
        }
        List<Object> found = new ArrayList<>(elements);
        if (found.contains(Optional.empty())) {
            throw new IllegalArgumentException(name + " has a null in it");
        }
        return found;
    }

    /** An object. */
    Optional<HistoryLine> object(String name) {
        return field(name).map(value -> {
            if (value instanceof Map<?, ?> inner) {
                return new HistoryLine(inner);
            }
            throw new IllegalArgumentException(name + " is no object");
        });
    }

    /** The names in this object, in their order. */
    List<String> names() {
        return fields.keySet().stream().map(String.class::cast).toList();
    }

    Receipt receipt() {
        return new Receipt(
                Guarantee.valueOf(text(HistoryFields.GUARANTEE)),
                number(HistoryFields.EPOCH),
                Math.toIntExact(number(HistoryFields.COPIES)),
                Math.toIntExact(number(HistoryFields.REQUIRED)),
                Math.toIntExact(number(HistoryFields.RECEIVED)),
                list(HistoryFields.REPLICAS).stream().map(HistoryLine::replica).toList());
    }

    private static ReplicaAnswer replica(Object element) {
        if (!(element instanceof Map<?, ?> inner)) {
            throw new IllegalArgumentException("a replica of the receipt is no object");
        }
        HistoryLine replica = new HistoryLine(inner);
        return new ReplicaAnswer(
                replica.text(HistoryFields.NODE),
                ReplicaAnswer.Role.valueOf(replica.text(HistoryFields.ROLE)),
                ReplicaAnswer.Outcome.valueOf(replica.text(HistoryFields.OUTCOME)),
                replica.any(HistoryFields.DURABILITY).orElse(""));
    }
}

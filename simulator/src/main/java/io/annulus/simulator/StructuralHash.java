package io.annulus.simulator;

import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;

/**
 * The hash of a message by its content: records by their components, arrays by their elements. {@code hashCode} would not
 * do, since records compare arrays by identity.
 */
final class StructuralHash {

    private StructuralHash() {}

    static long of(Object value) {
        TraceHash hash = new TraceHash();
        add(hash, value);
        return hash.value();
    }

    private static void add(TraceHash hash, Object value) {
        if (value instanceof Number number) {
            hash.add(number.longValue());
        } else if (value instanceof Boolean truth) {
            hash.add(truth ? 1 : 0);
        } else if (value instanceof String text) {
            hash.add(text);
        } else if (value instanceof Enum<?> constant) {
            hash.add(constant.name());
        } else if (value instanceof byte[] bytes) {
            hash.add(bytes);
        } else if (value instanceof int[] numbers) {
            hash.add(numbers.length);
            for (int number : numbers) {
                hash.add(number);
            }
        } else if (value instanceof List<?> list) {
            hash.add(list.size());
            list.forEach(element -> add(hash, element));
        } else if (value instanceof Optional<?> optional) {
            hash.add(optional.isPresent() ? 1 : 0);
            optional.ifPresent(element -> add(hash, element));
        } else if (value instanceof Record record) {
            addComponents(hash, record);
        } else {
            throw new IllegalArgumentException("cannot hash " + value + " in a message; teach StructuralHash its type");
        }
    }

    private static void addComponents(TraceHash hash, Record record) {
        hash.add(record.getClass().getSimpleName());
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            try {
                add(hash, component.getAccessor().invoke(record));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + component.getName() + " of " + record.getClass(), e);
            }
        }
    }
}

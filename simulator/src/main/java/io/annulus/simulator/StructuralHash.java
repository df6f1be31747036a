package io.annulus.simulator;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The hash of a message by its content: records by their components, arrays by their elements. {@code hashCode} would not
 * do, since records compare arrays by identity.
 */
final class StructuralHash {

    /** The accessors of each type of record; reflection makes new copies of them at every question. */
    private static final ClassValue<Method[]> ACCESSORS = new ClassValue<>() {
        @Override
        protected Method[] computeValue(Class<?> type) {
            return Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getAccessor)
                    .toArray(Method[]::new);
        }
    };

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
        for (Method accessor : ACCESSORS.get(record.getClass())) {
            try {
                add(hash, accessor.invoke(record));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException("cannot read " + accessor, e);
            }
        }
    }
}

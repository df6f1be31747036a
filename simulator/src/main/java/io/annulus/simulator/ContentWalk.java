package io.annulus.simulator;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Optional;

/**
 * Goes through a message once, by its structure, for its hash and its size. {@code hashCode} would not do, since records
 * compare arrays by identity.
 */
final class ContentWalk {

    private static final MethodType READS_ONE = MethodType.methodType(Object.class, Object.class);
    private static final int NUMBER_BYTES = 8;
    private static final int LENGTH_BYTES = 4;

    /** How to read a type of record. */
    private record Shape(String name, MethodHandle[] accessors) {

        static Shape of(Class<?> type) {
            RecordComponent[] components = type.getRecordComponents();
            MethodHandle[] accessors = new MethodHandle[components.length];
            for (int i = 0; i < accessors.length; i++) {
                try {
                    accessors[i] = MethodHandles.publicLookup()
                            .unreflect(components[i].getAccessor())
                            .asType(READS_ONE);
                } catch (IllegalAccessException e) {
                    throw new IllegalArgumentException("cannot read " + type + "; a message's types are public", e);
                }
            }
            return new Shape(type.getSimpleName(), accessors);
        }
    }

    /** Reflection makes new copies of components at every question. */
    private static final ClassValue<Shape> SHAPES = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return Shape.of(type);
        }
    };

    private final TraceHash hash = new TraceHash();
    private long bytes;

    long hash() {
        return hash.value();
    }

    long bytes() {
        return bytes;
    }

    void add(Object value) {
        if (value instanceof Record record) {
            addComponents(record);
        } else if (value instanceof Number number) {
            addNumber(number.longValue());
        } else if (value instanceof String text) {
            bytes += LENGTH_BYTES + text.length();
            hash.add(text);
        } else if (value instanceof byte[] array) {
            bytes += LENGTH_BYTES + array.length;
            hash.add(array);
        } else if (value instanceof List<?> list) {
            bytes += LENGTH_BYTES;
            hash.add(list.size());
            for (Object element : list) {
                add(element);
            }
        } else if (value instanceof Optional<?> optional) {
            bytes++;
            hash.add(optional.isPresent() ? 1 : 0);
            optional.ifPresent(this::add);
        } else if (value instanceof Enum<?> constant) {
            bytes++;
            hash.add(constant.name());
        } else if (value instanceof Boolean truth) {
            bytes++;
            hash.add(truth ? 1 : 0);
        } else if (value instanceof int[] numbers) {
            addNumbers(numbers);
        } else {
            throw new IllegalArgumentException("cannot read " + value + " in a message; teach ContentWalk its type");
        }
    }

    private void addNumber(long number) {
        bytes += NUMBER_BYTES;
        hash.add(number);
    }

    private void addNumbers(int[] numbers) {
        bytes += LENGTH_BYTES;
        hash.add(numbers.length);
        for (int number : numbers) {
            addNumber(number);
        }
    }

    private void addComponents(Record record) {
        Shape shape = SHAPES.get(record.getClass());
        hash.add(shape.name());
        for (MethodHandle accessor : shape.accessors()) {
            add(read(accessor, record));
        }
    }

    private static Object read(MethodHandle accessor, Object record) {
        try {
            return accessor.invokeExact(record);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("cannot read " + accessor, e);
        }
    }
}

package io.annulus.simulator;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;

/** How to read the components of a type of record; kept by type, since reflection is slow. */
final class RecordShape {

    private static final MethodType READS_ONE = MethodType.methodType(Object.class, Object.class);

    private static final ClassValue<RecordShape> SHAPES = new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
            return new RecordShape(type);
        }
    };

    private final String name;
    private final MethodHandle[] accessors;
    private final boolean fixed;

    private RecordShape(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        name = type.getSimpleName();
        accessors = Arrays.stream(components).map(RecordShape::accessor).toArray(MethodHandle[]::new);
        fixed = Arrays.stream(components).map(RecordComponent::getType).allMatch(RecordShape::isFixed);
    }

    static RecordShape of(Class<?> type) {
        return SHAPES.get(type);
    }

    String name() {
        return name;
    }

    int size() {
        return accessors.length;
    }

    /** Whether nothing in such a record can ever change. */
    boolean isFixed() {
        return fixed;
    }

    Object component(Record record, int i) {
        try {
            return (Object) accessors[i].invokeExact((Object) record);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("cannot read component " + i + " of " + name, e);
        }
    }

    private static boolean isFixed(Class<?> type) {
        return type.isPrimitive() || type.isEnum() || type == String.class || type.isRecord() && of(type).isFixed();
    }

    private static MethodHandle accessor(RecordComponent component) {
        try {
            return MethodHandles.publicLookup()
                    .unreflect(component.getAccessor())
                    .asType(READS_ONE);
        } catch (IllegalAccessException e) {
            throw new IllegalArgumentException(
                    "cannot read " + component + " of " + component.getDeclaringRecord() + "; make the type public", e);
        }
    }
}

package io.annulus.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.RecordComponent;
import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares messages by content, arrays included: records compare arrays by identity. */
public final class DeepEquality {

    private DeepEquality() {}

    /** Asserts that two values hold the same. */
    public static void assertSame(Object expected, Object actual) {
        assertEquals(plain(expected), plain(actual));
    }

    private static Object plain(Object value) {
        if (value instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes);
        }
        if (value instanceof Optional<?> optional) {
            return optional.map(DeepEquality::plain);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(DeepEquality::plain).toList();
        }
        if (value instanceof Record holder) {
            return components(holder);
        }
        return value;
    }

    private static List<Object> components(Record holder) {
        List<Object> all = new ArrayList<>();
        all.add(holder.getClass());
        for (RecordComponent component : holder.getClass().getRecordComponents()) {
            try {
                Object part = component.getAccessor().invoke(holder);
                all.add(part instanceof int[] ints ? IntBuffer.wrap(ints) : plain(part));
            } catch (ReflectiveOperationException e) {
                throw new AssertionError(component.toString(), e);
            }
        }
        return all;
    }
}

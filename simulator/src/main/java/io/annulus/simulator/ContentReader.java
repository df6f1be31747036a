package io.annulus.simulator;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Goes through a message once, by its structure, for its hash and its size. {@code hashCode} would not do, since records
 * compare arrays by identity. A record that nobody can change, such as the state of a member that all nodes pass on, is
 * remembered: it is a function of itself, so that nothing but the speed depends on what was remembered.
 */
final class ContentReader {

    private static final int NUMBER_BYTES = 8;
    private static final int LENGTH_BYTES = 4;
    /** Most records to remember; then all are forgotten. */
    private static final int MAX_REMEMBERED = 16_384;

    private final Map<Record, Content> remembered = new HashMap<>();
    private TraceHash hash = new TraceHash();
    private long bytes;
    private boolean fixed;

    Content read(Record message) {
        TraceHash outerHash = hash;
        long outerBytes = bytes;
        boolean outerFixed = fixed;
        hash = new TraceHash();
        bytes = 0;
        fixed = true;
        RecordShape shape = RecordShape.of(message.getClass());
        hash.add(shape.name());
        for (int i = 0; i < shape.size(); i++) {
            add(shape.component(message, i));
        }
        Content content = new Content(hash.value(), bytes, fixed);
        hash = outerHash;
        bytes = outerBytes;
        fixed = outerFixed;
        return content;
    }

    private void add(Object value) {
        if (value instanceof Record part) {
            addContent(RecordShape.of(part.getClass()).isFixed() ? remembered(part) : read(part));
        } else if (value instanceof Number number) {
            addNumber(number.longValue());
        } else if (value instanceof String text) {
            bytes += LENGTH_BYTES + text.length();
            hash.add(text);
        } else if (value instanceof byte[] array) {
            fixed = false;
            bytes += LENGTH_BYTES + array.length;
            hash.add(array);
        } else if (value instanceof List<?> list) {
            addList(list);
        } else if (value instanceof Optional<?> optional) {
            addList(optional.stream().toList());
        } else if (value instanceof Enum<?> constant) {
            bytes++;
            hash.add(constant.name());
        } else if (value instanceof Boolean truth) {
            bytes++;
            hash.add(truth ? 1 : 0);
        } else if (value instanceof int[] numbers) {
            addNumbers(numbers);
        } else {
            throw new IllegalArgumentException("cannot read " + value + " in a message; teach ContentReader its type");
        }
    }

    private Content remembered(Record part) {
        Content known = remembered.get(part);
        if (known != null) {
            return known;
        }
        if (remembered.size() >= MAX_REMEMBERED) {
            remembered.clear();
        }
        Content content = read(part);
        remembered.put(part, content);
        return content;
    }

    private void addContent(Content part) {
        fixed &= part.fixed();
        bytes += part.bytes();
        hash.add(part.hash());
    }

    private void addNumber(long number) {
        bytes += NUMBER_BYTES;
        hash.add(number);
    }

    private void addNumbers(int[] numbers) {
        fixed = false;
        bytes += LENGTH_BYTES;
        hash.add(numbers.length);
        for (int number : numbers) {
            addNumber(number);
        }
    }

    /** A list that cannot be changed is its own copy. */
    private void addList(List<?> list) {
        fixed &= List.copyOf(list) == list;
        bytes += LENGTH_BYTES;
        hash.add(list.size());
        for (Object element : list) {
            add(element);
        }
    }
}

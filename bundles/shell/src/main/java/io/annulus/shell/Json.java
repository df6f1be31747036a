package io.annulus.shell;

import java.util.Locale;
import java.util.Map;

/**
 * Writes JSON (RFC 8259) of maps, iterables, texts, numbers and truth values. Order is that of the maps; nothing is indented.
 */
public final class Json {

    private final StringBuilder out = new StringBuilder();

    private Json() {}

    /**
     * The JSON text of a value.
     *
     * @throws IllegalArgumentException when it is or holds anything else, such as a number that is not finite
     */
    public static String of(Object value) {
        Json json = new Json();
        json.write(value);
        return json.out.toString();
    }

    private void write(Object value) {
        if (value instanceof CharSequence text) {
            writeText(text);
        } else if (value instanceof Map<?, ?> map) {
            writeObject(map);
        } else if (value instanceof Iterable<?> items) {
            writeArray(items);
        } else if (value instanceof Boolean || value instanceof Integer || value instanceof Long) {
            out.append(value);
        } else if (value instanceof Double number && Double.isFinite(number)) {
            out.append(number);
        } else {
            throw new IllegalArgumentException("JSON has no form for " + value);
        }
    }

    private void writeObject(Map<?, ?> map) {
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            out.append(separator);
            writeText((String) entry.getKey());
            out.append(':');
            write(entry.getValue());
            separator = ",";
        }
        out.append(map.isEmpty() ? "{}" : "}");
    }

    private void writeArray(Iterable<?> items) {
        out.append('[');
        String separator = "";
        for (Object item : items) {
            out.append(separator);
            write(item);
            separator = ",";
        }
        out.append(']');
    }

    private void writeText(CharSequence text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> writeChar(text, i, c);
            }
        }
        out.append('"');
    }

    /** Control characters are escaped, so that output stays on its line; so are halves of surrogate pairs that stand alone. */
    private void writeChar(CharSequence text, int index, char c) {
        boolean control = c < 0x20 || c >= 0x7f && c < 0xa0 || c == '\u2028' || c == '\u2029';
        if (control || Character.isSurrogate(c) && !isPaired(text, index, c)) {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
        } else {
            out.append(c);
        }
    }

    private static boolean isPaired(CharSequence text, int index, char c) {
        return Character.isHighSurrogate(c)
                ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
                : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
    }
}

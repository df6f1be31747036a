package io.annulus.simulator.history;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads one JSON text (RFC 8259), strictly: nothing after it, no name twice in an object. Objects become maps in their order,
 * lists lists, strings strings, integers longs where they fit, other numbers decimals, null an empty optional. Used once.
 */
final class JsonParser {

    private static final int MAX_DEPTH = 50;

    private final String text;
    private int at;
    private int depth;

    private JsonParser(String text) {
        this.text = text;
    }

    /**
     * The value that a text stands for.
     *
     * @throws IllegalArgumentException when it is no JSON text
     */
    static Object parse(String text) {
        JsonParser parser = new JsonParser(text);
        Object value = parser.value();
        parser.blanks();
        if (parser.at < text.length()) {
            throw parser.expected("nothing more");
        }
        return value;
    }

    private Object value() {
        blanks();
        switch (peek()) {
            case '{':
                return nested(this::object);
            case '[':
                return nested(this::list);
            case '"':
                return string();
            case 't':
                return word("true", true);
            case 'f':
                return word("false", false);
            case 'n':
                return word("null", Optional.empty());
            default:
                return number();
        }
    }

    private interface Nested {
        Object read();
    }

    private Object nested(Nested nested) {
        if (++depth > MAX_DEPTH) {
            throw expected("at most " + MAX_DEPTH + " levels");
        }
        at++;
        Object value = nested.read();
        depth--;
        return value;
    }

    private Map<String, Object> object() {
        Map<String, Object> fields = new LinkedHashMap<>();
        blanks();
        if (skip('}')) {
            return fields;
        }
        do {
            blanks();
            String name = string();
            blanks();
            require(':');
            if (fields.putIfAbsent(name, value()) != null) {
                throw expected("the name \"" + name + "\" once");
            }
            blanks();
        } while (skip(','));
        require('}');
        return fields;
    }

    private List<Object> list() {
        List<Object> elements = new ArrayList<>();
        blanks();
        if (skip(']')) {
            return elements;
        }
        do {
            elements.add(value());
            blanks();
        } while (skip(','));
        require(']');
        return elements;
    }

    private String string() {
        require('"');
        StringBuilder read = new StringBuilder();
        while (!skip('"')) {
            char next = peek();
            if (next < ' ') {
                throw expected("a string without control characters, up to its \"");
            }
            at++;
            read.append(next == '\\' ? escaped() : next);
        }
        return read.toString();
    }

    private char escaped() {
        char escape = peek();
        at++;
        switch (escape) {
            case '"', '\\', '/':
                return escape;
            case 'b':
                return '\b';
            case 'f':
                return '\f';
            case 'n':
                return '\n';
            case 'r':
                return '\r';
            case 't':
                return '\t';
            case 'u':
                return unicode();
            default:
                at--;
                throw expected("an escape");
        }
    }

    private char unicode() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            int digit = "0123456789abcdef".indexOf(Character.toLowerCase(peek()));
            if (digit < 0) {
                throw expected("four hexadecimal digits");
            }
            code = code << 4 | digit;
            at++;
        }
        return (char) code;
    }

    private Object number() {
        int start = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String digits = text.substring(start, at);
        if (!digits.matches("-?(0|[1-9]\\d*)(\\.\\d+)?([eE][+-]?\\d+)?")) {
            at = start;
            throw expected("a value");
        }
        BigDecimal number = new BigDecimal(digits);
        return digits.matches("-?\\d{1,18}") || isLong(digits, number) ? (Object) number.longValueExact() : number;
    }

    private static boolean isLong(String digits, BigDecimal number) {
        return digits.matches("-?\\d{19}") && number.equals(BigDecimal.valueOf(number.longValue()));
    }

    private Object word(String word, Object value) {
        if (!text.startsWith(word, at)) {
            throw expected("a value");
        }
        at += word.length();
        return value;
    }

    private void blanks() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /** The next character; 0, which JSON has nowhere outside of a string, at the end. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private boolean skip(char next) {
        boolean there = at < text.length() && text.charAt(at) == next;
        at += there ? 1 : 0;
        return there;
    }

    private void require(char next) {
        if (!skip(next)) {
            throw expected("'" + next + "'");
        }
    }

    private IllegalArgumentException expected(String what) {
        return new IllegalArgumentException("no JSON: expected " + what + " at character " + (at + 1));
    }
}

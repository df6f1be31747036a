package io.annulus.simulator.workload;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Values that prove themselves: a text that no other value of the key has, and after it bytes that follow from that text and
 * the length. A history names a value by its text. Pure.
 */
final class ValueCodec {

    /** Name of the value without bytes. */
    static final String EMPTY = "(empty)";

    /** How the name of a value begins that nobody can have written. */
    static final String DAMAGED = "damaged:";

    private static final char END = '|';
    private static final int SHOWN_BYTES = 16;

    private ValueCodec() {}

    /** A value of so many bytes, or of as many as its name needs. */
    static byte[] encode(String name, int bytes) {
        if (name.equals(EMPTY)) {
            return new byte[0];
        }
        byte[] head = (name + END + bytes + END).getBytes(StandardCharsets.US_ASCII);
        byte[] value = Arrays.copyOf(head, Math.max(head.length, bytes));
        for (int i = head.length; i < value.length; i++) {
            value[i] = padding(name, i);
        }
        return value;
    }

    /** The name of a value as it was read. */
    static String decode(byte[] value) {
        if (value.length == 0) {
            return EMPTY;
        }
        String text = new String(value, StandardCharsets.ISO_8859_1);
        int nameEnd = text.indexOf(END);
        int headEnd = text.indexOf(END, nameEnd + 1);
        if (nameEnd > 0 && headEnd > 0 && text.substring(nameEnd + 1, headEnd).matches("[0-9]{1,9}")) {
            String name = text.substring(0, nameEnd);
            int bytes = Integer.parseInt(text.substring(nameEnd + 1, headEnd));
            if (Arrays.equals(value, encode(name, bytes))) {
                return name;
            }
        }
        return DAMAGED + HexFormat.of().formatHex(value, 0, Math.min(value.length, SHOWN_BYTES));
    }

    private static byte padding(String name, int i) {
        return (byte) (name.hashCode() * 31 + i * 0x9e3779b1 >>> 13);
    }
}

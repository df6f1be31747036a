package io.annulus.shell;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** Keys and values between what is typed or shown and their bytes. */
public final class Bytes {

    private static final HexFormat HEX = HexFormat.of();

    private Bytes() {}

    /**
     * The bytes of what was typed.
     *
     * @param what names the argument in the error
     * @param hex whether it was typed as hexadecimal digits, else as text
     * @throws IllegalArgumentException when it is no pairs of hexadecimal digits
     */
    public static byte[] parse(String what, String typed, boolean hex) {
        if (!hex) {
            return typed.getBytes(StandardCharsets.UTF_8);
        }
        try {
            return HEX.parseHex(typed);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    what + " '" + typed + "' is no pairs of hexadecimal digits, as --hex says; write for example 00ff",
                    e);
        }
    }

    /** The bytes as text, or empty when they are not UTF-8. */
    public static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    /** What a person is shown: the text, base64 marked as such where it is none, or hexadecimal digits where asked for. */
    public static String show(byte[] bytes, boolean hex) {
        return hex ? HEX.formatHex(bytes) : text(bytes).orElseGet(() -> "base64:" + base64(bytes));
    }

    /** Adds a field with the text of the bytes, or with base64 (or hexadecimal digits) and a field {@code encoding}. */
    public static void addTo(Map<String, Object> fields, String name, byte[] bytes, boolean hex) {
        Optional<String> text = hex ? Optional.empty() : text(bytes);
        if (text.isPresent()) {
            fields.put(name, text.get());
        } else {
            fields.put(name, hex ? HEX.formatHex(bytes) : base64(bytes));
            fields.put("encoding", hex ? "hex" : "base64");
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}

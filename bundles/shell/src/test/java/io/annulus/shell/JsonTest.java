package io.annulus.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {

    @Test
    void objectsKeepTheOrderOfTheirMaps() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("b", 1);
        fields.put("a", List.of(true, 2L, "x"));
        fields.put("e", Map.of());
        fields.put("l", List.of());

        assertEquals("{\"b\":1,\"a\":[true,2,\"x\"],\"e\":{},\"l\":[]}", Json.of(fields));
    }

    @Test
    void quotesBackslashesAndLineEndsAreEscaped() {
        assertEquals("\"a\\\"b\\\\c\\nd\\re\\tf\"", Json.of("a\"b\\c\nd\re\tf"));
    }

    @Test
    void controlCharactersAreEscaped() {
        assertEquals("\"\\u0000\\u001b\\u007f\\u0085\\u2028\"", Json.of("\0\u001b\u007f\u0085\u2028"));
    }

    @Test
    void pairedSurrogatesStayAndLoneOnesAreEscaped() {
        assertEquals("\"\ud83d\ude00\"", Json.of("\ud83d\ude00"));
        assertEquals("\"\\ud83dx\\ude00\"", Json.of("\ud83dx\ude00"));
    }

    @Test
    void whatJsonCannotSayIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Json.of(Double.NaN));
        assertThrows(IllegalArgumentException.class, () -> Json.of(new Object()));
    }
}

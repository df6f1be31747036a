package io.annulus.simulator.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {

    @Test
    void readsEveryKindOfValue() {
        assertEquals(
                Map.of(
                        "a", List.of(1L, -2L, new BigDecimal("2.5"), new BigDecimal("1E+3")),
                        "b", Map.of(),
                        "c", Optional.empty(),
                        "d", true,
                        "e", "x\"\\/\b\f\n\r\t\u00e9\ud83d\ude00"),
                JsonParser.parse(" {\"a\" : [1,-2, 2.5,1e3 ],\"b\":{},\"c\":null,\"d\":true,"
                        + "\"e\":\"x\\\"\\\\\\/\\b\\f\\n\\r\\t\u00e9\\ud83d\\uDE00\"} "));
    }

    @Test
    void readsTheGreatestAndLeastLong() {
        assertEquals(
                List.of(Long.MAX_VALUE, Long.MIN_VALUE),
                JsonParser.parse("[9223372036854775807,-9223372036854775808]"));
        assertEquals(new BigDecimal("9223372036854775808"), JsonParser.parse("9223372036854775808"));
    }

    @Test
    void writesWhatItReads() {
        for (String text : List.of(
                "{\"a\":[1,null,{\"b\":false}],\"\":\"\"}", "\"\\u0000\\u001f\\ud800\"", "[]", "{}", "-0.5", "true")) {
            assertEquals(text, JsonText.of(JsonParser.parse(text)));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "{\"a\" 1}",
                "{a:1}",
                "{\"a\":1,\"a\":2}",
                "[1] 2",
                "01",
                "1.",
                "+1",
                "NaN",
                "tru",
                "\"a",
                "\"\\x\"",
                "\"\\u12g4\"",
                "\"a\tb\"",
                "'a'",
                "--1",
                "1e"
            })
    void refusesWhatIsNoJson(String text) {
        IllegalArgumentException refusal = assertThrows(IllegalArgumentException.class, () -> JsonParser.parse(text));

        assertTrue(refusal.getMessage().startsWith("no JSON: expected "), refusal.getMessage());
    }

    @Test
    void refusesEndlessNesting() {
        assertThrows(IllegalArgumentException.class, () -> JsonParser.parse("[".repeat(100_000)));
    }
}

package io.annulus.shell;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BytesTest {

    private static final byte[] NO_TEXT = {(byte) 0xff, 0};

    @Test
    void textIsUtf8() {
        assertArrayEquals(
                "gr\u00fc\u00dfe".getBytes(StandardCharsets.UTF_8), Bytes.parse("key", "gr\u00fc\u00dfe", false));
        assertEquals("gr\u00fc\u00dfe", Bytes.show("gr\u00fc\u00dfe".getBytes(StandardCharsets.UTF_8), false));
    }

    @Test
    void hexadecimalDigitsAreReadAndShown() {
        assertArrayEquals(NO_TEXT, Bytes.parse("key", "FF00", true));
        assertEquals("ff00", Bytes.show(NO_TEXT, true));
    }

    @Test
    void wrongDigitsAreNamed() {
        Exception error = assertThrows(IllegalArgumentException.class, () -> Bytes.parse("value", "f0x", true));
        assertTrue(error.getMessage().contains("value 'f0x'"), error.getMessage());
    }

    @Test
    void whatIsNoTextIsMarkedAsBase64() {
        assertEquals("base64:/wA=", Bytes.show(NO_TEXT, false));
        Map<String, Object> fields = new LinkedHashMap<>();
        Bytes.addTo(fields, "value", NO_TEXT, false);
        assertEquals(Map.of("value", "/wA=", "encoding", "base64"), fields);
    }

    @Test
    void hexIsMarkedInFieldsToo() {
        Map<String, Object> fields = new LinkedHashMap<>();
        Bytes.addTo(fields, "value", new byte[] {'a'}, true);
        assertEquals(Map.of("value", "61", "encoding", "hex"), fields);
    }

    @Test
    void textHasNoFieldForItsEncoding() {
        Map<String, Object> fields = new LinkedHashMap<>();
        Bytes.addTo(fields, "value", new byte[0], false);
        assertEquals(Map.of("value", ""), fields);
    }
}

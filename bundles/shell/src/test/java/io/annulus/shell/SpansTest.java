package io.annulus.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpansTest {

    @ParameterizedTest
    @CsvSource({"500, 500", "500ms, 500", "30s, 30000", "5m, 300000", "12H, 43200000", "7d, 604800000"})
    void spansAreRead(String typed, long millis) {
        assertEquals(millis, Spans.millis("--ttl", typed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "5 m", "1.5s", "5y", "999999999999999d", "99999999999999999999"})
    void otherTextsAreRefusedAndNamed(String typed) {
        Exception error = assertThrows(IllegalArgumentException.class, () -> Spans.millis("--ttl", typed));
        assertTrue(error.getMessage().contains("--ttl '" + typed + "'"), error.getMessage());
    }

    @Test
    void deadlinesAreAtMostTenMinutes() {
        assertEquals(600_000, Spans.timeoutMillis("--timeout", "10m"));
        assertThrows(IllegalArgumentException.class, () -> Spans.timeoutMillis("--timeout", "11m"));
    }

    @ParameterizedTest
    @CsvSource({"0, 0 bytes", "1023, 1023 bytes", "1024, 1.0 KiB", "1572864, 1.5 MiB", "1125899906842624, 1024.0 TiB"})
    void sizesHaveAUnit(long bytes, String shown) {
        assertEquals(shown, Spans.size(bytes));
    }
}

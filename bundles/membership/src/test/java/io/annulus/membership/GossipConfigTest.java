package io.annulus.membership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GossipConfigTest {

    private final Map<String, String> texts = new HashMap<>(Map.of(
            "gossip.interval.millis", "500",
            "gossip.fanout", "3",
            "suspect.phi", "5.0",
            "down.phi", "10",
            "pause.limit.millis", " 1000 "));

    @Test
    void readsTexts() {
        assertEquals(GossipConfig.standard(), GossipConfig.parse(texts));
    }

    @ParameterizedTest
    @CsvSource({
        "gossip.interval.millis, 0",
        "gossip.interval.millis, 1e99",
        "gossip.fanout, 2.5",
        "gossip.fanout, many",
        "suspect.phi, NaN",
        "suspect.phi, 10",
        "down.phi, ''",
        "pause.limit.millis, -1"
    })
    void errorNamesConfigurationKeyAndMend(String key, String value) {
        texts.put(key, value);

        String message = assertThrows(IllegalArgumentException.class, () -> GossipConfig.parse(texts))
                .getMessage();

        assertTrue(message.startsWith("annulus.membership: "), message);
        assertTrue(message.contains(key + " = "), message);
        assertTrue(message.contains("; set "), message);
    }

    @Test
    void errorShowsWholeNumbersAsWritten() {
        texts.put("gossip.fanout", "99");

        String message = assertThrows(IllegalArgumentException.class, () -> GossipConfig.parse(texts))
                .getMessage();

        assertTrue(message.contains("gossip.fanout = 99 is not 1 to 16"), message);
    }
}

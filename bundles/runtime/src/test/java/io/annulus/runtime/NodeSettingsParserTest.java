package io.annulus.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.NodeSettings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeSettingsParserTest {

    private final NodeSettingsParser parser =
            new NodeSettingsParser(Optional.of(Path.of("/karaf")), Optional.of(Path.of("/karaf/data")));
    private final Map<String, String> texts = new HashMap<>(Map.of(
            "name", "",
            "host", "127.0.0.1",
            "port", "7800",
            "rack", "rack1",
            "weight", "1",
            "seeds", "",
            "data.directory", "",
            "loop.queue.capacity", "8192",
            "callback.threads", "2",
            "clock.drift.limit.millis", "10000"));

    @Test
    void defaultsMakeANodeOfItsOwn() {
        NodeSettings settings = parser.settings(texts);

        assertEquals("n-127-0-0-1-7800", settings.node().name());
        assertEquals(new Endpoint("127.0.0.1", 7800), settings.endpoint());
        assertEquals(List.of(settings.endpoint()), settings.founders());
        assertEquals(Path.of("/karaf/annulus"), settings.dataDirectory());
        assertEquals(RuntimeConfig.standard(), NodeSettingsParser.limits(texts));
    }

    @Test
    void valuesAreTakenAsWritten() {
        texts.put("name", " alpha ");
        texts.put("host", "::1");
        texts.put("seeds", "a:1, [::1]:7800,, a:1");
        texts.put("data.directory", "/var/lib/annulus/../kv");

        NodeSettings settings = parser.settings(texts);

        assertEquals("alpha", settings.node().name());
        assertEquals(List.of(new Endpoint("a", 1), new Endpoint("::1", 7800)), settings.seeds());
        assertEquals(Path.of("/var/lib/kv"), settings.dataDirectory());
    }

    @ParameterizedTest
    @CsvSource({
        "port, 78x0, whole number of 1 to 65535",
        "port, 70000, whole number of 1 to 65535",
        "port, , whole number of 1 to 65535",
        "host, , set the IP address",
        "weight, -1, whole number of 0 to 1000",
        "rack, , 1 to 63 characters",
        "name, a b, not 1 to 63 letters",
        "seeds, 'a:1,b', mend 'b'",
        "data.directory, var/kv, is not absolute",
        "data.directory, /karaf/data/kv, clean start",
        "data.directory, /karaf/x/../data, clean start",
    })
    void errorNamesKeyValueAndMend(String key, String value, String mend) {
        texts.put(key, value == null ? "" : value);

        String message = assertThrows(IllegalArgumentException.class, () -> parser.settings(texts))
                .getMessage();

        String written = value == null ? "" : value;
        assertTrue(message.startsWith("annulus.node: " + key + " = '" + written + "' "), message);
        assertTrue(message.contains(mend), message);
    }

    @ParameterizedTest
    @CsvSource({"loop.queue.capacity, 1", "callback.threads, 0", "clock.drift.limit.millis, -5"})
    void limitOutOfRangeIsRefused(String key, String value) {
        texts.put(key, value);

        String message = assertThrows(IllegalArgumentException.class, () -> NodeSettingsParser.limits(texts))
                .getMessage();

        assertTrue(message.startsWith("annulus.node: " + key + " = '" + value + "' "), message);
    }

    @Test
    void outsideKarafADataDirectoryIsNeeded() {
        NodeSettingsParser plain = new NodeSettingsParser(Optional.empty(), Optional.empty());

        String message = assertThrows(IllegalArgumentException.class, () -> plain.settings(texts))
                .getMessage();

        assertTrue(message.contains("set an absolute directory"), message);
    }
}

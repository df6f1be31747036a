package io.annulus.transport.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.transport.TransportConfig;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TransportSettingsTest {

    @Test
    void defaultsAreThoseOfTheCore() {
        assertEquals(TransportConfig.in(Path.of(System.getProperty("java.io.tmpdir"))), config(Map.of()));
    }

    @Test
    void blanksAroundValuesDoNoHarm() {
        TransportConfig config = config(Map.of(
                "queue_millis", " 700 ", "insecure_bind_anywhere", " true", "cluster_name", " c ", "directory", " "));

        assertEquals(700, config.queueMillis());
        assertTrue(config.allowUnsealed());
        assertEquals("c", config.clusterName());
    }

    @Test
    void everyErrorNamesKeyValueAndConfiguration() {
        assertNamed("term.length.bytes", "abc");
        assertNamed("term.length.bytes", "99999999999");
        assertNamed("term.length.bytes", "3145728");
        assertNamed("max.message.bytes", "20 MB");
        assertNamed("peer.queue.messages", "");
        assertNamed("peer.queue.bytes", "1");
        assertNamed("total.bytes", "-1");
        assertNamed("queue.millis", "5s");
        assertNamed("idle.millis", "1.5");
        assertNamed("insecure.bind.anywhere", "yes");
        assertNamed("directory", "a\u0000b");
        assertNamed("cluster.name", "");
    }

    private static void assertNamed(String key, String value) {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> config(Map.of(key.replace('.', '_'), value)))
                .getMessage();

        assertTrue(message.contains(key), message);
        assertTrue(message.contains(value), message);
        assertTrue(message.contains("in the configuration annulus.transport"), message);
    }

    private static TransportConfig config(Map<String, String> values) {
        return TransportSettings.Reader.config((TransportSettings) Proxy.newProxyInstance(
                TransportSettings.class.getClassLoader(),
                new Class<?>[] {TransportSettings.class},
                (proxy, method, arguments) ->
                        values.getOrDefault(method.getName(), (String) method.getDefaultValue())));
    }
}

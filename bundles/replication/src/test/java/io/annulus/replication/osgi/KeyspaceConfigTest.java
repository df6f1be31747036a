package io.annulus.replication.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.annulus.api.KeyspaceSettings;
import io.annulus.api.storage.Compression;
import io.annulus.api.storage.Durability;
import java.lang.reflect.Proxy;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyspaceConfigTest {

    @Test
    void textsBecomeSettings() {
        KeyspaceSettings settings = settings(Map.of(
                "name", "a", "durability", " written", "compression", "zstd ", "filterBits", "12", "tuning", "-8"));
        assertEquals("a", settings.name());
        assertEquals(Durability.WRITTEN, settings.storage().durability());
        assertEquals(Compression.ZSTD, settings.storage().compression());
        assertEquals(12, settings.storage().filterBits());
        assertEquals(-8, settings.storage().tuning());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mode | newest | causal or last-write-wins",
                "durability | fast | synced, written or memory",
                "compression | gzip | lz4, zstd or none",
                "sloppy | yes | true or false",
                "filterBits | 65 | 1 to 64",
                "tuning | much | -8 to 8"
            })
    void aWrongTextIsNamedWithItsMend(String key, String text, String allowed) {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> settings(Map.of("name", "a", key, text)));
        assertEquals(
                "annulus.keyspace-a.cfg: " + key + " = '" + text + "' is not " + allowed + "; correct it",
                refusal.getMessage());
    }

    /** Of a configuration with these texts, and the defaults of all others. */
    private static KeyspaceSettings settings(Map<String, String> texts) {
        Object config = Proxy.newProxyInstance(
                KeyspaceConfigTest.class.getClassLoader(),
                new Class<?>[] {KeyspaceConfig.class},
                (proxy, method, args) ->
                        texts.containsKey(method.getName()) ? texts.get(method.getName()) : method.getDefaultValue());
        return KeyspaceConfig.Reader.settings((KeyspaceConfig) config);
    }
}

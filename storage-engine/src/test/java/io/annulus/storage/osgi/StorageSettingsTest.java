package io.annulus.storage.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.storage.disk.DiskStorageConfig;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StorageSettingsTest {

    private static final Path DIRECTORY = Path.of("/data").toAbsolutePath();

    @Test
    void defaultsAreThoseOfTheEngine() {
        assertEquals(DiskStorageConfig.in(DIRECTORY), config(Map.of()));
    }

    @Test
    void blanksAroundValuesDoNoHarm() {
        assertEquals(4, config(Map.of("read_threads", " 4 ")).readThreads());
    }

    @Test
    void everyErrorNamesKeyValueAndConfiguration() {
        assertNamed("memtable.bytes", "64 MB");
        assertNamed("memtable.bytes", "8589934593");
        assertNamed("flush.seconds", "0");
        assertNamed("queued.bytes", "99999999999999999999");
        assertNamed("queued.writes", "abc");
        assertNamed("queued.reads", "4294967297");
        assertNamed("read.threads", "65");
        assertNamed("block.cache.bytes", "-1");
        assertNamed("reserve.bytes", "-1");
        assertNamed("separate.bytes", "63");
    }

    private static void assertNamed(String key, String value) {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> config(Map.of(key.replace('.', '_'), value)))
                .getMessage();

        assertTrue(message.contains(key + " = '" + value + "'"), message);
        assertTrue(message.contains("in the configuration annulus.storage"), message);
    }

    private static DiskStorageConfig config(Map<String, String> values) {
        StorageSettings settings = (StorageSettings) Proxy.newProxyInstance(
                StorageSettings.class.getClassLoader(),
                new Class<?>[] {StorageSettings.class},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), (String) method.getDefaultValue()));
        return StorageSettings.Reader.config(settings, DIRECTORY);
    }
}

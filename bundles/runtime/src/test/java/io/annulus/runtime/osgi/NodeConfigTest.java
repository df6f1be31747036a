package io.annulus.runtime.osgi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.annulus.api.cluster.NodeSettings;
import io.annulus.runtime.NodeSettingsParser;
import io.annulus.runtime.RuntimeConfig;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NodeConfigTest {

    @Test
    void defaultsAreGood() {
        NodeConfig defaults = (NodeConfig) Proxy.newProxyInstance(
                NodeConfig.class.getClassLoader(),
                new Class<?>[] {NodeConfig.class},
                (proxy, method, arguments) -> method.getDefaultValue());
        Map<String, String> texts = NodeConfig.Texts.of(defaults);

        NodeSettings settings =
                new NodeSettingsParser(Optional.of(Path.of("/karaf")), Optional.empty()).settings(texts);

        assertEquals("n-127-0-0-1-7800", settings.node().name());
        assertEquals("rack1", settings.rack());
        assertEquals(1, settings.weight());
        assertEquals(RuntimeConfig.standard(), NodeSettingsParser.limits(texts));
    }
}

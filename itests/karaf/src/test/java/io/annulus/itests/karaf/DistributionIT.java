package io.annulus.itests.karaf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the distribution leaves closed, and what keeps its start from waiting for itself. */
class DistributionIT {

    private static final Path ETC =
            Path.of(System.getProperty("annulus.root"), "karaf-assembly", "target", "assembly", "etc");

    @Test
    void consoleListensOnLoopbackAlone() throws IOException {
        assertEquals("127.0.0.1", properties("org.apache.karaf.shell.cfg").getProperty("sshHost"));
    }

    @Test
    void nobodyCanLogIn() throws IOException {
        assertEquals(Set.of("_g_:admingroup"), properties("users.properties").stringPropertyNames());
        assertEquals(Set.of("_g_:admingroup"), properties("keys.properties").stringPropertyNames());
    }

    @Test
    void noPortsForJmx() throws IOException {
        String boot = properties("org.apache.karaf.features.cfg").getProperty("featuresBoot");

        assertTrue(boot.contains("annulus/"), boot);
        assertFalse(boot.contains("management"), boot);
    }

    @Test
    void eventAdminIsThereBeforeTheFeaturesService() throws IOException {
        String startup = Files.readString(ETC.resolve("startup.properties"));

        assertTrue(startup.contains("org.apache.karaf.services.eventadmin"), startup);
    }

    @Test
    void consoleWaitsForItsCommands() throws IOException {
        assertEquals("true", properties("config.properties").getProperty("karaf.delay.console"));
    }

    private static Properties properties(String file) throws IOException {
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(ETC.resolve(file))) {
            properties.load(in);
        }
        return properties;
    }
}

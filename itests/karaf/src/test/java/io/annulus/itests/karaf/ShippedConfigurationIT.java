package io.annulus.itests.karaf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Compares the files of configuration that the feature ships with the metatype of the bundles, from which Declarative Services takes
 * the defaults: each PID has a file, with every key at its default and a comment above it.
 */
class ShippedConfigurationIT {

    private static final Path REPOSITORY = Path.of(System.getProperty("org.ops4j.pax.url.mvn.localRepository"));
    private static final String VERSION = System.getProperty("annulus.version");

    @Test
    void everyKeyIsShippedWithItsDefault() throws Exception {
        Map<String, Map<String, String>> shipped = new TreeMap<>();
        for (Map.Entry<String, String> file : shippedTexts().entrySet()) {
            shipped.put(file.getKey(), keysOf(file.getValue()));
        }
        Map<String, Map<String, String>> declared = declared();

        assertEquals(
                List.of(
                        "annulus.keyspace-default",
                        "annulus.membership",
                        "annulus.node",
                        "annulus.replication",
                        "annulus.ring",
                        "annulus.storage",
                        "annulus.transport"),
                List.copyOf(declared.keySet()));
        assertEquals(declared, shipped);
    }

    @Test
    void everyKeyHasAComment() throws Exception {
        for (Map.Entry<String, String> file : shippedTexts().entrySet()) {
            List<String> lines = file.getValue().strip().lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                boolean key = !lines.get(i).isBlank() && !lines.get(i).startsWith("#");
                assertTrue(!key || lines.get(i - 1).startsWith("# "), file.getKey() + ": " + lines.get(i));
            }
        }
    }

    private static Map<String, String> shippedTexts() throws Exception {
        Path features = artifact("annulus-features", "-features.xml");
        Map<String, String> texts = new TreeMap<>();
        try (InputStream in = Files.newInputStream(features)) {
            for (Element config : elements(parse(in), "config")) {
                if (config.getAttribute("name").startsWith("annulus.")) {
                    texts.put(config.getAttribute("name"), config.getTextContent());
                }
            }
        }
        return texts;
    }

    private static Map<String, String> keysOf(String text) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(text));
        Map<String, String> keys = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> keys.put(key, properties.getProperty(key)));
        return keys;
    }

    /** The keys and defaults of each PID; a factory PID under the name of its instance {@code default}. */
    private static Map<String, Map<String, String>> declared() throws Exception {
        Map<String, Map<String, String>> declared = new TreeMap<>();
        try (Stream<Path> artifacts = Files.list(REPOSITORY.resolve("io/annulus"))) {
            List<Path> jars = artifacts
                    .map(directory -> directory.getFileName().toString())
                    .filter(name -> name.startsWith("annulus-"))
                    .map(name -> artifact(name, ".jar"))
                    .filter(Files::exists)
                    .toList();
            for (Path jar : jars) {
                addDeclared(jar, declared);
            }
        }
        return declared;
    }

    private static void addDeclared(Path file, Map<String, Map<String, String>> declared) throws Exception {
        try (JarFile jar = new JarFile(file.toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                if (entry.getName().matches("OSGI-INF/metatype/.*\\.xml")) {
                    Document metatype = parse(jar.getInputStream(entry));
                    declared.put(pid(metatype), defaults(metatype));
                }
            }
        }
    }

    private static String pid(Document metatype) {
        Element designate = elements(metatype, "Designate").get(0);
        return designate.hasAttribute("factoryPid")
                ? designate.getAttribute("factoryPid") + "-default"
                : designate.getAttribute("pid");
    }

    private static Map<String, String> defaults(Document metatype) {
        Map<String, String> defaults = new TreeMap<>();
        for (Element attribute : elements(metatype, "AD")) {
            defaults.put(attribute.getAttribute("id"), attribute.getAttribute("default"));
        }
        return defaults;
    }

    private static Document parse(InputStream in) throws IOException, SAXException, ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(in);
    }

    private static List<Element> elements(Document document, String name) {
        NodeList found = document.getElementsByTagNameNS("*", name);
        return Stream.iterate(0, i -> i < found.getLength(), i -> i + 1)
                .map(i -> (Element) found.item(i))
                .toList();
    }

    private static Path artifact(String artifactId, String suffix) {
        return REPOSITORY.resolve(Path.of("io", "annulus", artifactId, VERSION, artifactId + "-" + VERSION + suffix));
    }
}

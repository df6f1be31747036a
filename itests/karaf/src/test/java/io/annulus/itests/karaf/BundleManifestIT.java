package io.annulus.itests.karaf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds for every bundle of ours that the features name, as it lies in the local repository. */
class BundleManifestIT {
    private static final Path REPOSITORY = Path.of(System.getProperty("org.ops4j.pax.url.mvn.localRepository"));
    private static final String VERSION = System.getProperty("annulus.version");
    private static final Pattern BUNDLE = Pattern.compile("mvn:io\\.annulus/(annulus-[a-z-]+)/");

    static List<String> bundles() throws IOException {
        String features = Files.readString(artifact("annulus-features", "-features.xml"));
        return BUNDLE.matcher(features)
                .results()
                .map(match -> match.group(1))
                .sorted()
                .toList();
    }

    @Test
    void featuresNameEveryBundle() throws IOException {
        assertEquals(
                List.of(
                        "annulus-aeron-transport",
                        "annulus-api",
                        "annulus-membership",
                        "annulus-replication",
                        "annulus-ring",
                        "annulus-runtime",
                        "annulus-shell",
                        "annulus-storage-engine",
                        "annulus-versioning"),
                bundles());
    }

    // Karaf would refresh, and so restart, a bundle that holds data when someone installs what it could also use.
    @ParameterizedTest
    @MethodSource("bundles")
    void importsNothingOptionally(String bundle) throws IOException {
        Attributes manifest = manifest(bundle);
        String imports = String.valueOf(manifest.getValue("Import-Package"));

        assertFalse(imports.contains("resolution:=optional"), imports);
        assertNull(manifest.getValue("DynamicImport-Package"));
    }

    // Karaf delegates sun.* to the JDK by itself; jdk.* it does not give to anyone.
    @ParameterizedTest
    @MethodSource("bundles")
    void importsNoInternalsOfTheJdk(String bundle) throws IOException {
        String imports = "," + manifest(bundle).getValue("Import-Package");

        for (String internal : List.of(",sun.", ",com.sun.", ",jdk.")) {
            assertFalse(imports.contains(internal), imports);
        }
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void exportsOnlyTheApi(String bundle) throws IOException {
        String exports = manifest(bundle).getValue("Export-Package");

        if (bundle.equals("annulus-api")) {
            assertTrue(exports.startsWith("io.annulus.api"), exports);
        } else {
            assertNull(exports);
        }
    }

    // Chronicle's analytics client reports usage to an outside service.
    @ParameterizedTest
    @MethodSource("bundles")
    void embedsNoAnalytics(String bundle) throws IOException {
        for (String entry : entries(bundle)) {
            assertFalse(entry.contains("chronicle-analytics"), entry);
            assertFalse(entry.contains("net/openhft/chronicle/analytics/"), entry);
        }
    }

    private static Attributes manifest(String bundle) throws IOException {
        try (JarFile jar = new JarFile(artifact(bundle, ".jar").toFile())) {
            return jar.getManifest().getMainAttributes();
        }
    }

    /** The names of all entries, those of nested jars among them. */
    private static List<String> entries(String bundle) throws IOException {
        List<String> names = new ArrayList<>();
        try (JarFile jar = new JarFile(artifact(bundle, ".jar").toFile())) {
            for (JarEntry entry : jar.stream().toList()) {
                names.add(entry.getName());
                if (entry.getName().endsWith(".jar")) {
                    addNestedEntries(new JarInputStream(jar.getInputStream(entry)), names);
                }
            }
        }
        return names;
    }

    private static void addNestedEntries(JarInputStream nested, List<String> names) throws IOException {
        try (nested) {
            for (JarEntry entry = nested.getNextJarEntry(); entry != null; entry = nested.getNextJarEntry()) {
                names.add(entry.getName());
            }
        }
    }

    private static Path artifact(String artifactId, String suffix) {
        return REPOSITORY.resolve(Path.of("io", "annulus", artifactId, VERSION, artifactId + "-" + VERSION + suffix));
    }
}

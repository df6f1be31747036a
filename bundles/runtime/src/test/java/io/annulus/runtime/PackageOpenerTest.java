package io.annulus.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class PackageOpenerTest {

    /** A JVM that opens packages where java.lang is open. */
    private static final class FakeJvm implements PackageOpener.Jvm {

        private final Set<String> open = new TreeSet<>();

        private FakeJvm(String... open) {
            this.open.addAll(Set.of(open));
        }

        @Override
        public boolean isOpen(String packageName) {
            return open.contains(packageName);
        }

        @Override
        public boolean open(String packageName) {
            return open.contains("java.lang") && open.add(packageName);
        }
    }

    @Test
    void grantsWhatIsMissingWhereJavaLangIsOpen() {
        FakeJvm jvm = new FakeJvm("java.lang");

        String description = new PackageOpener(jvm).open().description();

        assertEquals("granted at run time: java.lang.reflect, sun.nio.ch, jdk.internal.ref", description);
        assertTrue(jvm.open.containsAll(PackageOpener.NEEDED));
    }

    @Test
    void flagsOfTheCommandLineAreEnough() {
        FakeJvm jvm = new FakeJvm("java.lang", "java.lang.reflect", "sun.nio.ch", "jdk.internal.ref");

        assertTrue(new PackageOpener(jvm).open().description().startsWith("opened by flags"));
    }

    @Test
    void refusalGivesTheLineToAdd() {
        FakeJvm jvm = new FakeJvm("sun.nio.ch");

        String message = assertThrows(IllegalStateException.class, () -> new PackageOpener(jvm).open())
                .getMessage();

        assertTrue(
                message.contains(
                        "export EXTRA_JAVA_OPTS=\"${EXTRA_JAVA_OPTS} --add-opens=java.base/java.lang=ALL-UNNAMED"
                                + " --add-opens=java.base/java.lang.reflect=ALL-UNNAMED\""),
                message);
    }
}

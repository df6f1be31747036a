package io.annulus.storage.disk;

import io.annulus.storage.StorageOpenException;
import java.util.Map;
import java.util.TreeMap;
import net.openhft.chronicle.core.io.BackgroundResourceReleaser;
import net.openhft.chronicle.threads.DiskSpaceMonitor;

/**
 * Prepares Chronicle: no threads of its own, which would outlive the bundle, and nothing sent to outside services. Its
 * switches are system properties that are read once, when its classes are initialised; they are put back at once, since
 * another Chronicle in this JVM may want other ones.
 */
final class ChronicleRuntime {

    private static final Map<String, String> SWITCHES = Map.of(
            "chronicle.analytics.disable", "true",
            "chronicle.disk.monitor.disable", "true",
            "background.releaser.thread", "false");

    private ChronicleRuntime() {}

    static void prepare() {
        requireOpen("java.lang");
        requireOpen("java.lang.reflect");
        requireOpen("sun.nio.ch");
        Map<String, String> former = new TreeMap<>();
        SWITCHES.forEach((name, value) -> {
            String before = System.setProperty(name, value);
            former.put(name, before == null ? "" : before);
        });
        try {
            BackgroundResourceReleaser.releasePendingResources();
            DiskSpaceMonitor.INSTANCE.clear();
        } finally {
            former.forEach((name, before) -> {
                if (before.isEmpty()) {
                    System.clearProperty(name);
                } else {
                    System.setProperty(name, before);
                }
            });
        }
    }

    /** Releases what closed queues still hold mapped. */
    static void releaseMappings() {
        BackgroundResourceReleaser.releasePendingResources();
    }

    private static void requireOpen(String packageName) {
        Module base = Object.class.getModule();
        if (!base.isOpen(packageName, ChronicleRuntime.class.getModule())
                && !(packageName.startsWith("sun.")
                        && base.isExported(packageName, ChronicleRuntime.class.getModule()))) {
            throw new StorageOpenException("package " + packageName
                    + " of java.base is not open to the commit log; start the JVM with --add-opens=java.base/"
                    + packageName + "=ALL-UNNAMED");
        }
    }
}

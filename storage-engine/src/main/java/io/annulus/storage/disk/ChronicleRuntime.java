package io.annulus.storage.disk;

import io.annulus.storage.StorageOpenException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.core.announcer.Announcer;
import net.openhft.chronicle.core.io.BackgroundResourceReleaser;
import net.openhft.chronicle.core.io.IOTools;
import net.openhft.chronicle.threads.DiskSpaceMonitor;

/**
 * Prepares Chronicle: no threads of its own, which would outlive the bundle, nothing sent to outside services, and nothing
 * said in an operator's log of e-mail addresses, or of packages of the JVM that it can do without. Its
 * switches are system properties that are read once, when its classes are initialised; they are put back at once, since
 * another Chronicle in this JVM may want other ones.
 */
final class ChronicleRuntime {

    private static final Map<String, String> SWITCHES = Map.of(
            "chronicle.analytics.disable", "true",
            "chronicle.announcer.disable", "true",
            "disable.vectorized.content_equals", "true",
            "chronicle.disk.monitor.disable", "true",
            "background.releaser.thread", "false");

    /** Warns that buffers cannot be freed early where jdk.internal.ref cannot be reached, as inside a bundle: harmless. */
    private static final String CLEANER =
            "net.openhft.chronicle.core.internal.cleaner.ReflectionBasedByteBufferCleanerService";

    private ChronicleRuntime() {}

    /** Fails when the JVM keeps closed what Chronicle reaches into. */
    static void requireOpen() {
        requireOpen("java.lang");
        requireOpen("java.lang.reflect");
        requireOpen("sun.nio.ch");
    }

    /** Loads its classes under our switches, before anyone touches them; on the log thread, where no reader waits for it. */
    static void prepare() {
        Map<String, String> former = new TreeMap<>();
        SWITCHES.forEach((name, value) -> {
            String before = System.setProperty(name, value);
            former.put(name, before == null ? "" : before);
        });
        // Not in a field: the check for open packages comes while the first reader waits.
        Logger cleaner = Logger.getLogger(CLEANER);
        Level level = cleaner.getLevel();
        cleaner.setLevel(Level.SEVERE);
        try {
            BackgroundResourceReleaser.releasePendingResources();
            DiskSpaceMonitor.INSTANCE.clear();
            Announcer.announce("io.annulus", "storage");
            Bytes.allocateElasticOnHeap().append(1).releaseLast();
            IOTools.clean(ByteBuffer.allocateDirect(1));
        } finally {
            cleaner.setLevel(level);
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

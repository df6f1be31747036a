package io.annulus.itests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import io.annulus.api.KeyspaceMode;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.cluster.NodeSettings;
import io.annulus.launcher.AnnulusNode;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starting and stopping a node again and again, in one process and on one directory. */
class LifecycleTest {

    private static final int SPARE_FILES = 8;
    private static final long LIMIT_MILLIS = 5_000;

    @TempDir
    Path state;

    @Test
    void tenLivesLeaveNothingBehindButTheData() throws Exception {
        NodeSettings settings = new NodeSettings(
                new NodeId("again"),
                new Endpoint("127.0.0.1", Ports.free(1).get(0)),
                "rack1",
                1,
                List.of(),
                state.resolve("again"));
        live(settings, 0);
        List<String> threads = nodeThreads();
        long files = openFiles();

        for (int life = 1; life <= 10; life++) {
            live(settings, life);
        }

        assertEquals(List.of(), threads, "threads of a closed node");
        assertEquals(List.of(), nodeThreads(), "threads of a closed node");
        assertTrue(openFiles() <= files + SPARE_FILES, openFiles() + " open files, and " + files + " after one life");
    }

    private static void live(NodeSettings settings, int life) throws Exception {
        try (AnnulusNode node =
                AnnulusNode.start(settings, List.of(KeyspaceSettings.of("default", KeyspaceMode.CAUSAL, 1)))) {
            node.awaitRing(30);
            byte[] key = ("life" + life).getBytes(StandardCharsets.UTF_8);
            node.keyspace("default").put(key, key).toCompletableFuture().get(30, TimeUnit.SECONDS);
            for (int earlier = 0; earlier <= life; earlier++) {
                byte[] known = ("life" + earlier).getBytes(StandardCharsets.UTF_8);
                assertTrue(node.keyspace("default")
                        .get(known)
                        .toCompletableFuture()
                        .get(30, TimeUnit.SECONDS)
                        .value()
                        .isPresent());
            }
        }
    }

    /** A thread that is about to end may do so. */
    private static List<String> nodeThreads() throws InterruptedException {
        List<String> alive = new ArrayList<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("kv-") || thread.getName().contains("aeron")) {
                thread.join(LIMIT_MILLIS);
                if (thread.isAlive()) {
                    alive.add(thread.getName());
                }
            }
        }
        return alive;
    }

    private static long openFiles() {
        return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    }
}

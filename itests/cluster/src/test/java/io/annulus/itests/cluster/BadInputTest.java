package io.annulus.itests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.Keyspace;
import io.annulus.api.KeyspaceMode;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.LimitExceededException;
import io.annulus.api.ReadOptions;
import io.annulus.api.UnavailableException;
import io.annulus.api.WriteOptions;
import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.cluster.NodeSettings;
import io.annulus.launcher.AnnulusNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a node says to input that it cannot use: the value, the mend, and nothing changed on disk. */
class BadInputTest {

    private static final byte[] KEY = {1};

    @TempDir
    Path state;

    @Test
    void portInUse() throws Exception {
        int port = Ports.free(1).get(0);
        try (AnnulusNode first = start("first", port)) {
            assertTrue(first.annulus().status().self().node().name().equals("first"));
            Exception refused =
                    assertThrows(Exception.class, () -> start("second", port).close());
            assertTrue(refused.getMessage().contains("127.0.0.1:" + port), refused.toString());
        }
    }

    @Test
    void directoryInUse() throws Exception {
        List<Integer> ports = Ports.free(2);
        try (AnnulusNode first = AnnulusNode.start(settings("one", ports.get(0), "shared"), List.of())) {
            assertEquals("one", first.annulus().status().self().node().name());
            Exception refused = assertThrows(
                    Exception.class, () -> AnnulusNode.start(settings("one", ports.get(1), "shared"), List.of())
                            .close());
            assertTrue(refused.getMessage().contains(state.resolve("shared").toString()), refused.toString());
        }
    }

    @Test
    void directoryOfAnotherNode() throws Exception {
        List<Integer> ports = Ports.free(2);
        AnnulusNode.start(settings("one", ports.get(0), "shared"), List.of()).close();
        List<String> before = contents();

        Exception refused = assertThrows(
                Exception.class, () -> AnnulusNode.start(settings("two", ports.get(1), "shared"), List.of())
                        .close());

        assertNames("'one'", refused);
        assertNames("'two'", refused);
        assertEquals(before, contents());
    }

    @Test
    void addressThatStrangersReach() {
        NodeSettings open = new NodeSettings(
                new NodeId("open"), new Endpoint("0.0.0.0", 7899), "rack1", 1, List.of(), state.resolve("open"));
        Exception refused = assertThrows(
                Exception.class, () -> AnnulusNode.start(open, List.of()).close());
        assertTrue(refused.getMessage().contains("0.0.0.0"), refused.toString());
    }

    @Test
    void operationsThatMakeNoSense() throws Exception {
        try (AnnulusNode node = start("alone", Ports.free(1).get(0))) {
            node.awaitRing(30);
            Keyspace keyspace = node.keyspace("default");

            assertNames("0 bytes", assertThrows(IllegalArgumentException.class, () -> keyspace.get(new byte[0])));
            assertNames("1025", assertThrows(IllegalArgumentException.class, () -> keyspace.get(new byte[1025])));
            assertNames(
                    "W = 4",
                    assertThrows(IllegalArgumentException.class, () -> keyspace.put(KEY, KEY, WriteOptions.acks(4))));
            assertNames(
                    "R = 4", assertThrows(IllegalArgumentException.class, () -> keyspace.get(KEY, ReadOptions.of(4))));
            assertNames(
                    "context",
                    assertThrows(IllegalArgumentException.class, () -> keyspace.delete(KEY, WriteOptions.defaults())));
            assertNames("1048577", failure(LimitExceededException.class, keyspace.put(KEY, new byte[1048577])));
            assertNames("W = 2", failure(UnavailableException.class, keyspace.put(KEY, KEY, WriteOptions.acks(2))));
            assertThrows(IllegalArgumentException.class, () -> node.keyspace("nowhere"));
            assertEquals(
                    0,
                    keyspace.put(KEY, new byte[0])
                            .thenCompose(written -> keyspace.get(KEY))
                            .toCompletableFuture()
                            .get(30, TimeUnit.SECONDS)
                            .value()
                            .orElseThrow()
                            .length);
        }
    }

    private static void assertNames(String value, Throwable failure) {
        assertTrue(failure.getMessage().contains(value), failure.toString());
    }

    private static <T extends Throwable> T failure(Class<T> type, CompletionStage<?> stage) {
        ExecutionException failed = assertThrows(
                ExecutionException.class, () -> stage.toCompletableFuture().get(30, TimeUnit.SECONDS));
        return type.cast(failed.getCause());
    }

    private AnnulusNode start(String name, int port) throws IOException {
        return AnnulusNode.start(
                settings(name, port, name), List.of(KeyspaceSettings.of("default", KeyspaceMode.CAUSAL, 3)));
    }

    private NodeSettings settings(String name, int port, String directory) {
        return new NodeSettings(
                new NodeId(name), new Endpoint("127.0.0.1", port), "rack1", 1, List.of(), state.resolve(directory));
    }

    /** Names, sizes and times of all files but the lock, which says who tried last. */
    private List<String> contents() throws IOException {
        try (Stream<Path> files = Files.walk(state)) {
            return files.filter(file -> !file.endsWith("lock"))
                    .sorted()
                    .map(file -> file + " " + file.toFile().length() + " "
                            + (Files.isDirectory(file) ? "" : file.toFile().lastModified()))
                    .toList();
        }
    }
}

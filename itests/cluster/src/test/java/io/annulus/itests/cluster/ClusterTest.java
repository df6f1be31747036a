package io.annulus.itests.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three processes, N=3, three racks. */
class ClusterTest {

    private static final Duration CATCH_UP = Duration.ofSeconds(30);

    @TempDir
    Path state;

    private final List<NodeProcess> nodes = new ArrayList<>();

    @BeforeEach
    void startThree() throws IOException, InterruptedException {
        List<Integer> ports = Ports.free(3);
        String seeds = ports.stream().map(port -> "127.0.0.1:" + port).collect(Collectors.joining(","));
        for (int i = 0; i < 3; i++) {
            nodes.add(new NodeProcess("node" + (i + 1), ports.get(i), "rack" + (i + 1), seeds, state).start());
        }
        for (NodeProcess node : nodes) {
            node.awaitReady();
        }
    }

    @AfterEach
    void stopAll() throws InterruptedException {
        for (NodeProcess node : nodes) {
            node.close();
        }
    }

    @Test
    void whatOneNodeWroteAnotherReads() throws IOException, InterruptedException {
        String written = node(1).ask("put city Lisbon 2");

        assertTrue(written.startsWith("done") && written.contains("OVERLAP"), written);
        assertEquals("found Lisbon", node(3).ask("get city 2"));
    }

    @Test
    void killedNodeIsNotMissedAndCatchesUp() throws IOException, InterruptedException {
        node(1).ask("put before early 3");
        node(2).kill();

        for (int i = 0; i < 20; i++) {
            String written = node(1 + i % 2 * 2).ask("put key" + i + " value" + i + " 2");
            assertTrue(written.startsWith("done"), written);
            assertEquals("found value" + i, node(3).ask("get key" + i + " 2"));
        }
        node(2).start().awaitReady();

        for (int i = 0; i < 20; i++) {
            awaitHolding("key" + i, "node2=VALUE:value" + i);
        }
        assertEquals("found early", node(2).ask("get before 1"));
    }

    @Test
    void allAreKilledAndNothingIsLost() throws IOException, InterruptedException {
        for (int i = 0; i < 50; i++) {
            assertTrue(node(1).ask("put key" + i + " value" + i + " 2").startsWith("done"));
        }
        for (NodeProcess node : nodes) {
            node.kill();
        }
        for (NodeProcess node : nodes) {
            node.start();
        }
        for (NodeProcess node : nodes) {
            node.awaitReady();
        }

        for (int i = 0; i < 50; i++) {
            awaitAnswer(1, "get key" + i + " 2", "found value" + i);
        }
    }

    @Test
    void deletedKeyStaysDeleted() throws IOException, InterruptedException {
        node(1).ask("put city Lisbon 3");
        node(2).kill();
        String deleted = node(1).ask("delete city");
        assertTrue(deleted.startsWith("done"), deleted);

        node(2).start().awaitReady();
        awaitHolding("city", "node2=TOMBSTONE");
        assertEquals("absent", node(2).ask("get city 2"));
    }

    private NodeProcess node(int number) {
        return nodes.get(number - 1);
    }

    private void awaitHolding(String key, String holding) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + CATCH_UP.toNanos();
        String answer = node(1).ask("endpoints " + key);
        while (!List.of(answer.split(" ")).contains(holding)) {
            assertTrue(System.nanoTime() < deadline, "after 30 s the endpoints of " + key + " are " + answer);
            answer = node(1).ask("endpoints " + key);
        }
    }

    /** A node that has just come back may not see enough others up yet, and says so. */
    private void awaitAnswer(int number, String question, String expected) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + CATCH_UP.toNanos();
        String answer = node(number).ask(question);
        while (answer.startsWith("error") && System.nanoTime() < deadline) {
            answer = node(number).ask(question);
        }
        assertEquals(expected, answer);
    }
}

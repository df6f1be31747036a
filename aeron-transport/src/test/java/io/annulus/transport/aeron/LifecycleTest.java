package io.annulus.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.message.RingRequest;
import io.annulus.transport.NodeIdentity;
import io.annulus.transport.TransportConfig;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Starts and stops: what is taken is given back. */
class LifecycleTest {

    @TempDir
    private Path directory;

    private final MovableTime time = new MovableTime();

    @Test
    void tenLivesLeaveNoThreadAndNoFile() throws Exception {
        int port = TestNode.freePort();
        for (int life = 0; life < 10; life++) {
            try (TestNode node = node(port)) {
                assertTrue(node.send(node.messenger.local(), new RingRequest(life)));
                assertEquals(new RingRequest(life), node.next().message());
                assertEquals(1, files().size());
                assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(files().get(0))));
                assertEquals(List.of("kv-aeron-names-" + port), threads());
            }
            assertEquals(List.of(), files());
            assertEquals(List.of(), threads());
        }
    }

    @Test
    void whatAKilledProcessLeftIsRemoved() throws Exception {
        int port = TestNode.freePort();
        Path left = directory.resolve("annulus-aeron-" + port + "-" + Long.toHexString("n".hashCode()));
        Files.createDirectories(left.resolve("driver"));
        Files.write(left.resolve("driver").resolve("cnc.dat"), new byte[100]);
        try (TestNode node = node(port)) {
            assertEquals(List.of(left), files());
            assertTrue(node.send(node.messenger.local(), new RingRequest(1)));
            node.next();
        }
        assertEquals(List.of(), files());
    }

    @Test
    void aPortInUseIsNamedWithTheMend() throws Exception {
        int port = TestNode.freePort();
        try (TestNode first = node(port)) {
            BindException refusal = assertThrows(BindException.class, () -> node(port));
            assertTrue(refusal.getMessage().contains("127.0.0.1:" + port), refusal.getMessage());
            assertTrue(refusal.getMessage().contains("annulus.node"), refusal.getMessage());
            assertTrue(first.send(first.messenger.local(), new RingRequest(1)));
            first.next();
        }
    }

    @Test
    void withoutAKeyOnlyLoopbackIsBound() throws Exception {
        for (String host : List.of("0.0.0.0", "192.0.2.1", "::")) {
            NodeIdentity identity = new NodeIdentity(new NodeId("n"), 1, new Endpoint(host, TestNode.freePort()));
            IllegalArgumentException refusal = assertThrows(
                    IllegalArgumentException.class, () -> new TestNode(TestNode.config(directory), identity, time));
            assertTrue(refusal.getMessage().contains("annulus.node endpoint"), refusal.getMessage());
        }
        NodeIdentity elsewhere = new NodeIdentity(new NodeId("n"), 1, new Endpoint("192.0.2.1", TestNode.freePort()));
        TransportConfig insecure = new TransportConfig(
                "test", directory, 1 << 20, 20 << 20, 1_000, 24 << 20, 64 << 20, 5_000, 60_000, true);
        assertThrows(BindException.class, () -> new TestNode(insecure, elsewhere, time));
        assertEquals(List.of(), files());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void everySocketIsBoundToLoopback() throws Exception {
        try (TestNode one = node(TestNode.freePort());
                TestNode two =
                        new TestNode(TestNode.config(directory), TestNode.identity("m", TestNode.freePort()), time)) {
            assertTrue(one.send(two.messenger.local(), new RingRequest(1)));
            two.next();
            assertTrue(two.send(one.messenger.local(), new RingRequest(1)));
            one.next();
            List<String> addresses = UdpSockets.localAddresses();
            assertEquals(4, addresses.size());
            assertTrue(addresses.stream().allMatch("0100007F"::equals), addresses.toString());
        }
    }

    @Test
    void closingTwiceAndSendingAfterwardsDoNoHarm() throws Exception {
        TestNode node = node(TestNode.freePort());
        node.messenger.close();
        node.messenger.close();
        assertFalse(node.send(node.messenger.local(), new RingRequest(1)));
        assertFalse(node.send(new Endpoint("127.0.0.1", 9), new RingRequest(1)));
        node.close();
    }

    @Test
    void anInterruptedThreadClosesAllTheSame() throws Exception {
        TestNode node = node(TestNode.freePort());
        Thread.currentThread().interrupt();
        node.messenger.close();
        assertTrue(Thread.interrupted());
        assertEquals(List.of(), files());
        assertEquals(List.of(), threads());
        node.close();
    }

    @Test
    void theLoopItselfMayClose() throws Exception {
        TestNode node = node(TestNode.freePort());
        node.loop.call(() -> {
            node.messenger.close();
            return true;
        });
        assertEquals(List.of(), files());
        node.close();
    }

    @Test
    void aConfigurationThatMakesNoSenseIsNamed() {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class,
                () -> new TransportConfig(
                        "c", directory, 3 << 20, 20 << 20, 1, 24 << 20, 64 << 20, 5_000, 60_000, false));
        assertTrue(refusal.getMessage().contains("term.length.bytes 3145728"), refusal.getMessage());
    }

    private TestNode node(int port) throws IOException {
        return new TestNode(TestNode.config(directory), TestNode.identity("n", port), time);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name ->
                        name.startsWith("kv-") || name.toLowerCase(Locale.ROOT).contains("aeron"))
                .toList();
    }
}

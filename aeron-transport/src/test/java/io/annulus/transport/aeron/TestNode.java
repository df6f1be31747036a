package io.annulus.transport.aeron;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.message.Message;
import io.annulus.api.message.Verb;
import io.annulus.api.runtime.Sender;
import io.annulus.transport.NodeIdentity;
import io.annulus.transport.TransportConfig;
import io.annulus.transport.TransportCounter;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A loop with a messenger that keeps what it receives. */
final class TestNode implements AutoCloseable {

    /** What a handler was given. */
    record Received(Sender from, Message message) {}

    final TestLoop loop;
    final AeronMessenger messenger;
    final LinkedBlockingQueue<Received> received = new LinkedBlockingQueue<>();

    TestNode(TransportConfig config, NodeIdentity identity, MovableTime time) throws IOException {
        loop = new TestLoop(identity.node().name());
        try {
            messenger = AeronMessenger.start(config, identity, loop, time);
        } catch (IOException | RuntimeException e) {
            loop.close();
            throw e;
        }
        messenger.listen(EnumSet.allOf(Verb.class), (from, message) -> received.add(new Received(from, message)));
    }

    boolean send(Endpoint to, Message message) throws Exception {
        return loop.call(() -> messenger.send(to, message));
    }

    /** The next message; a test fails that waits half a minute for one. */
    Received next() throws InterruptedException {
        Received next = received.poll(30, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError(
                    "nothing came; counters: " + messenger.stats().snapshot());
        }
        return next;
    }

    /** Sends until one arrives, for peers that were down when the first was sent. */
    Received sendUntilReceived(TestNode to, Message message) throws Exception {
        for (int i = 0; i < 300; i++) {
            send(to.messenger.local(), message);
            Received next = to.received.poll(100, TimeUnit.MILLISECONDS);
            if (next != null) {
                return next;
            }
        }
        throw new AssertionError("nothing came; counters: " + messenger.stats().snapshot());
    }

    /** Waits, by asking the loop, until something holds. */
    void await(BooleanSupplier condition) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!loop.call(condition::getAsBoolean)) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(
                        "never held; counters: " + messenger.stats().snapshot());
            }
        }
    }

    long count(TransportCounter counter) {
        return messenger.stats().get(counter);
    }

    @Override
    public void close() {
        messenger.close();
        loop.close();
    }

    static TransportConfig config(Path directory) {
        return new TransportConfig(
                "test", directory, 1 << 20, 20 << 20, 1_000, 24 << 20, 64 << 20, 5_000, 60_000, false);
    }

    static NodeIdentity identity(String node, int port) {
        return new NodeIdentity(new NodeId(node), node.hashCode(), new Endpoint("127.0.0.1", port));
    }

    static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
            return socket.getLocalPort();
        }
    }
}

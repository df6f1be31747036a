package io.annulus.transport.aeron;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.message.Message;
import io.annulus.api.message.RingRequest;
import io.annulus.api.message.Verb;
import io.annulus.api.message.WriteRequest;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.Sender;
import io.annulus.transport.DeepEquality;
import io.annulus.transport.NodeIdentity;
import io.annulus.transport.RandomMessages;
import io.annulus.transport.TransportConfig;
import io.annulus.transport.TransportCounter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two messengers on loopback ports. */
class AeronMessengerTest {

    @TempDir
    private Path directory;

    private final MovableTime time = new MovableTime();
    private final RandomMessages messages = new RandomMessages(41);
    private final List<TestNode> open = new ArrayList<>();
    private TestNode one;
    private TestNode two;

    @BeforeEach
    void start() throws Exception {
        one = node("one");
        two = node("two");
    }

    @AfterEach
    void stop() throws Exception {
        for (TestNode node : open) {
            node.close();
        }
    }

    @Test
    void everyVerbArrivesWithItsSender() throws Exception {
        for (Verb verb : Verb.values()) {
            Message message = messages.next(verb, 3_000);
            assertTrue(one.send(two.messenger.local(), message));
            TestNode.Received received = two.next();
            DeepEquality.assertSame(message, received.message());
            assertEquals("one", received.from().node().name());
            assertEquals(one.messenger.local(), received.from().endpoint());
            assertTrue(two.send(received.from().endpoint(), message));
            DeepEquality.assertSame(message, one.next().message());
        }
    }

    @Test
    void valuesOfAnySizeArriveInOrder() throws Exception {
        int[] sizes = {0, 1, 1_300, 1_400, 65_536, 131_000, 131_072, 140_000, 1 << 20, 4 << 20, 16 << 20};
        for (int size : sizes) {
            assertTrue(one.send(two.messenger.local(), write(size)));
            assertEquals(size, ((WriteRequest) two.next().message()).record().length);
        }
        for (int round = 0; round < 20; round++) {
            for (int size : new int[] {1 << 20, 10, 140_000}) {
                assertTrue(one.send(two.messenger.local(), write(size)));
            }
        }
        for (int round = 0; round < 20; round++) {
            for (int size : new int[] {1 << 20, 10, 140_000}) {
                assertEquals(size, ((WriteRequest) two.next().message()).record().length);
            }
        }
        assertEquals(one.count(TransportCounter.FRAMES_SENT), two.count(TransportCounter.FRAMES_RECEIVED));
    }

    @Test
    void manyMessagesArriveInOrder() throws Exception {
        int sent = 0;
        while (sent < 50_000) {
            int next = sent;
            sent = one.loop.call(() -> {
                int count = next;
                while (count < 50_000 && one.messenger.send(two.messenger.local(), new RingRequest(count))) {
                    count++;
                }
                return count;
            });
        }
        for (int i = 0; i < sent; i++) {
            assertEquals(new RingRequest(i), two.next().message());
        }
    }

    /** It stops the loop, which must not go on with half a change of state; Aeron must not keep it to itself. */
    @Test
    void wantOfMemoryInAHandlerReachesTheLoop() throws Exception {
        TestLoop loop = new TestLoop("three");
        AeronMessenger three = AeronMessenger.start(
                TestNode.config(directory), TestNode.identity("three", TestNode.freePort()), loop, time);
        OutOfMemoryError want = new OutOfMemoryError("of the test");
        three.listen(EnumSet.of(Verb.RING_REQUEST), (from, message) -> {
            throw want;
        });

        assertTrue(one.send(three.local(), new RingRequest(1)));

        assertSame(want, loop.awaitFailure());
        three.close();
    }

    @Test
    void aMessageToItselfIsDeliveredAtALaterTurn() throws Exception {
        Set<Message> before = Set.copyOf(one.loop.call(() -> {
            assertTrue(one.messenger.send(one.messenger.local(), new RingRequest(9)));
            return one.received.stream().map(TestNode.Received::message).toList();
        }));
        assertEquals(Set.of(), before);
        TestNode.Received received = one.next();
        assertEquals(new RingRequest(9), received.message());
        assertEquals("one", received.from().node().name());
        assertEquals(1, one.count(TransportCounter.SELF_DELIVERED));
        assertEquals(0, one.count(TransportCounter.FRAMES_SENT));
    }

    @Test
    void queuesAreBounded() throws Exception {
        Endpoint nobody = new Endpoint("127.0.0.1", TestNode.freePort());
        for (Endpoint to : List.of(nobody, one.messenger.local())) {
            int taken = one.loop.call(() -> {
                int count = 0;
                while (one.messenger.send(to, new RingRequest(count))) {
                    count++;
                }
                return count;
            });
            assertEquals(1_000, taken);
        }
        one.await(() -> one.count(TransportCounter.SELF_DELIVERED) == 1_000);
        int large = one.loop.call(() -> {
            int count = 0;
            while (one.messenger.send(one.messenger.local(), write(1 << 20))) {
                count++;
            }
            return count;
        });
        assertEquals(23, large);
        assertFalse(one.send(two.messenger.local(), write(21 << 20)));
        assertEquals(1, one.count(TransportCounter.REFUSED_TOO_LARGE));
    }

    @Test
    void peersThatAreDownFillNoOtherPeersWay() throws Exception {
        TransportConfig tight = new TransportConfig(
                "test", directory, 1 << 20, 20 << 20, 1_000, 24 << 20, 24 << 20, 60_000, 60_000, false);
        TestNode three = new TestNode(tight, TestNode.identity("three", TestNode.freePort()), time);
        open.add(three);
        assertTrue(three.send(two.messenger.local(), new RingRequest(1)));
        two.next();
        Endpoint nobody = new Endpoint("127.0.0.1", TestNode.freePort());
        int taken = three.loop.call(() -> {
            int count = 0;
            while (three.messenger.send(nobody, write(1 << 16))) {
                count++;
            }
            return count;
        });
        assertTrue(taken > 350, "taken " + taken);
        assertFalse(three.send(new Endpoint("127.0.0.1", TestNode.freePort()), write(1 << 16)));
        assertTrue(three.send(two.messenger.local(), write(1 << 16)));
        assertEquals(1 << 16, ((WriteRequest) two.next().message()).record().length);
    }

    @Test
    void whatAnAbsentPeerDoesNotTakeIsDroppedInTime() throws Exception {
        Endpoint nobody = new Endpoint("127.0.0.1", TestNode.freePort());
        assertTrue(one.send(nobody, new RingRequest(1)));
        time.moveOn(TimeUnit.SECONDS.toNanos(6));
        one.await(() -> one.count(TransportCounter.DROPPED_UNREACHABLE) == 1);
    }

    @Test
    void anAddressThatCannotBeUsedIsRefusedForAWhile() throws Exception {
        Endpoint nowhere = new Endpoint("no.such.host.invalid", 7);
        assertTrue(one.send(nowhere, new RingRequest(1)));
        one.await(() -> one.count(TransportCounter.DROPPED_UNREACHABLE) == 1);
        assertFalse(one.send(nowhere, new RingRequest(2)));
        assertEquals(1, one.count(TransportCounter.REFUSED_NO_ROUTE));
        assertTrue(one.send(two.messenger.local(), new RingRequest(3)));
        assertEquals(new RingRequest(3), two.next().message());
    }

    @Test
    void aPeerThatRestartsOnItsPortIsReachedAgain() throws Exception {
        assertTrue(one.send(two.messenger.local(), new RingRequest(1)));
        two.next();
        NodeIdentity identity = TestNode.identity("two", two.messenger.local().port());
        two.close();
        open.remove(two);
        for (int i = 0; i < 100; i++) {
            one.send(identity.endpoint(), write(10_000));
        }
        two = new TestNode(TestNode.config(directory), identity, time);
        open.add(two);
        one.sendUntilReceived(two, new RingRequest(2));
        two.sendUntilReceived(one, new RingRequest(3));
    }

    @Test
    void aPauseOfADayAndAWallClockSetForwardAreSurvived() throws Exception {
        assertTrue(one.send(two.messenger.local(), new RingRequest(1)));
        two.next();
        time.setWallForward(TimeUnit.DAYS.toMillis(365));
        assertTrue(one.send(two.messenger.local(), new RingRequest(2)));
        two.next();
        time.moveOn(TimeUnit.DAYS.toNanos(1));
        one.sendUntilReceived(two, new RingRequest(3));
        two.sendUntilReceived(one, new RingRequest(4));
    }

    @Test
    void anIdlePeerIsLetGoAndReachedAgain() throws Exception {
        assertTrue(one.send(two.messenger.local(), new RingRequest(1)));
        two.next();
        time.moveOn(TimeUnit.SECONDS.toNanos(61));
        one.await(() -> one.messenger.peerCount() == 0);
        one.sendUntilReceived(two, new RingRequest(2));
    }

    @Test
    void aHandlerThatThrowsHurtsNobodyElse() throws Exception {
        TestLoop loop = new TestLoop("four");
        NodeIdentity identity = TestNode.identity("four", TestNode.freePort());
        try (AeronMessenger four = AeronMessenger.start(TestNode.config(directory), identity, loop, time)) {
            four.listen(Set.of(Verb.RING_REQUEST), (from, message) -> {
                throw new IllegalStateException("a handler's bug");
            });
            four.listen(
                    Set.of(Verb.WRITE_REQUEST), (Sender from, Message message) -> four.send(from.endpoint(), message));
            assertTrue(one.send(four.local(), new RingRequest(1)));
            assertTrue(one.send(four.local(), messages.next(Verb.READ_REPLY, 10)));
            assertTrue(one.send(four.local(), write(10)));
            assertEquals(10, ((WriteRequest) one.next().message()).record().length);
            assertEquals(1, four.stats().get(TransportCounter.HANDLER_FAILURES));
            assertEquals(1, four.stats().get(TransportCounter.DROPPED_NO_HANDLER));
        } finally {
            loop.close();
        }
    }

    @Test
    void aVerbHasOneHandlerUntilItIsCancelled() throws Exception {
        TestLoop loop = new TestLoop("five");
        NodeIdentity identity = TestNode.identity("five", TestNode.freePort());
        try (AeronMessenger five = AeronMessenger.start(TestNode.config(directory), identity, loop, time)) {
            Cancellable first = five.listen(Set.of(Verb.GOSSIP), (from, message) -> {});
            assertThrows(
                    IllegalStateException.class, () -> five.listen(EnumSet.allOf(Verb.class), (from, message) -> {}));
            first.cancel();
            five.listen(EnumSet.allOf(Verb.class), (from, message) -> {}).cancel();
            five.listen(Set.of(Verb.GOSSIP), (from, message) -> {});
            first.cancel();
            assertThrows(IllegalStateException.class, () -> five.listen(Set.of(Verb.GOSSIP), (from, message) -> {}));
        } finally {
            loop.close();
        }
    }

    @Test
    void framesOfAnotherClusterAreDropped() throws Exception {
        TransportConfig other = new TransportConfig(
                "other", directory, 1 << 20, 20 << 20, 1_000, 24 << 20, 64 << 20, 5_000, 60_000, false);
        TestNode stranger = new TestNode(other, TestNode.identity("stranger", TestNode.freePort()), time);
        open.add(stranger);
        assertTrue(stranger.send(one.messenger.local(), new RingRequest(1)));
        one.await(() -> one.count(TransportCounter.DROPPED_FOREIGN) == 1);
        assertEquals(0, one.received.size());
    }

    private TestNode node(String name) throws Exception {
        TestNode node = new TestNode(TestNode.config(directory), TestNode.identity(name, TestNode.freePort()), time);
        open.add(node);
        return node;
    }

    private WriteRequest write(int size) {
        byte[] record = new byte[size];
        messages.random().nextBytes(record);
        return new WriteRequest(1, 2, "k", Optional.empty(), new byte[] {1}, record);
    }
}

package io.annulus.transport.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.NodeId;
import io.annulus.api.message.Message;
import io.annulus.api.message.RingRequest;
import io.annulus.api.message.Verb;
import io.annulus.api.runtime.Sender;
import io.annulus.transport.DeepEquality;
import io.annulus.transport.NodeIdentity;
import io.annulus.transport.RandomMessages;
import io.annulus.transport.TransportCounter;
import java.util.Arrays;
import java.util.Random;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;

class FrameTest {

    private static final NodeIdentity NODE = identity("node-1", 65_000, 77);

    private final FrameReader reader = new FrameReader("c");

    @Test
    void senderAndMessageAreRead() throws DroppedFrameException {
        RandomMessages messages = new RandomMessages(23);
        for (Verb verb : Verb.values()) {
            Message message = messages.next(verb, 2_000);
            byte[] bytes = frame("c", NODE, message);
            Frame frame = reader.read(bytes, bytes.length);
            DeepEquality.assertSame(message, frame.message());
            assertEquals(new Sender(NODE.node(), 77, NODE.endpoint()), frame.sender());
        }
    }

    @Test
    void everyDamagedBitIsFound() {
        byte[] bytes = frame("c", NODE, new RingRequest(5));
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << bit % 8);
            DroppedFrameException drop =
                    assertThrows(DroppedFrameException.class, () -> reader.read(damaged, damaged.length));
            assertEquals(TransportCounter.DROPPED_MALFORMED, drop.counter());
        }
    }

    @Test
    void everyOtherLengthIsRefused() {
        byte[] bytes = Arrays.copyOf(frame("c", NODE, new RingRequest(5)), 200);
        int length = frame("c", NODE, new RingRequest(5)).length;
        for (int other = 0; other <= bytes.length; other++) {
            int wrong = other;
            if (wrong != length) {
                assertThrows(DroppedFrameException.class, () -> reader.read(bytes, wrong));
            }
        }
    }

    @Test
    void rubbishIsRefused() {
        Random random = new RandomMessages(24).random();
        for (int i = 0; i < 20_000; i++) {
            byte[] rubbish = new byte[random.nextInt(100)];
            random.nextBytes(rubbish);
            assertThrows(DroppedFrameException.class, () -> reader.read(rubbish, rubbish.length));
        }
    }

    @Test
    void anotherClusterIsCountedApart() {
        byte[] bytes = frame("other", NODE, new RingRequest(5));
        DroppedFrameException drop = assertThrows(DroppedFrameException.class, () -> reader.read(bytes, bytes.length));
        assertEquals(TransportCounter.DROPPED_FOREIGN, drop.counter());
    }

    @Test
    void aNewerVersionIsNamed() {
        byte[] bytes = frame("c", NODE, new RingRequest(5));
        bytes[8] = 2;
        DroppedFrameException drop = assertThrows(DroppedFrameException.class, () -> reader.read(bytes, bytes.length));
        assertEquals("frame of version 2; this node reads version 1", drop.getMessage());
    }

    @Test
    void aSenderIsMadeOnceAndNeverMistaken() throws DroppedFrameException {
        // The same store id, so that all fall on one slot.
        NodeIdentity[] all = {NODE, identity("node-2", 65_000, 77), identity("node-1", 65_001, 77)};
        for (NodeIdentity each : all) {
            byte[] bytes = frame("c", each, new RingRequest(5));
            byte[] longer = frame("c", each, new RandomMessages(1).next(Verb.GOSSIP, 0));
            Sender first = reader.read(bytes, bytes.length).sender();
            assertEquals(new Sender(each.node(), 77, each.endpoint()), first);
            assertSame(first, reader.read(longer, longer.length).sender());
        }
    }

    @Test
    void aFrameIsNoPart() {
        byte[] bytes = frame("c", NODE, new RingRequest(5));
        assertFalse(reader.isPart(bytes, bytes.length));
        assertFalse(reader.isPart(bytes, 3));
        byte[] part = new byte[FrameWriter.PART_HEADER_BYTES];
        new FrameWriter("c", NODE).writePartHeader(part, 1, 2, 0);
        assertTrue(reader.isPart(part, part.length));
    }

    static NodeIdentity identity(String node, int port, long storeId) {
        return new NodeIdentity(new NodeId(node), storeId, new Endpoint("127.0.0.1", port));
    }

    static byte[] frame(String cluster, NodeIdentity sender, Message message) {
        ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(16);
        int length = new FrameWriter(cluster, sender).write(message, buffer);
        return Arrays.copyOf(buffer.byteArray(), length);
    }
}

package io.annulus.transport.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OutgoingQueueTest {

    private final ByteBudget shared = new ByteBudget(1_500);
    private final OutgoingQueue queue = new OutgoingQueue(3, 1_000, shared);

    @Test
    void numberBytesAndTheSharedBudgetAreBounds() {
        add(400, false, false);
        add(600, false, false);
        assertFalse(queue.hasRoom(1));
        OutgoingQueue other = new OutgoingQueue(3, 1_000, shared);
        assertTrue(other.hasRoom(500));
        assertFalse(other.hasRoom(501));
        queue.clear();
        assertEquals(0, shared.taken());
        add(1, true, false);
        add(1, true, false);
        add(1, false, false);
        assertFalse(queue.hasRoom(1));
        assertThrows(IllegalStateException.class, () -> add(1, false, false));
    }

    @Test
    void controlGoesFirstAlsoBetweenPartsOfData() {
        Outgoing bulk = add(500, false, true);
        bulk.advance(100);
        Outgoing gossip = add(10, true, false);
        assertFalse(queue.mayPass(false));
        assertFalse(queue.mayPass(true));
        assertSame(gossip, queue.next());
        queue.remove(gossip);
        assertTrue(queue.mayPass(true));
        assertSame(bulk, queue.next());
    }

    @Test
    void thePartsOfTwoFramesAreNotMixed() {
        Outgoing bulk = add(500, false, true);
        bulk.advance(100);
        Outgoing ring = add(300, true, true);
        assertSame(bulk, queue.next());
        queue.remove(bulk);
        assertSame(ring, queue.next());
        ring.advance(100);
        add(100, false, true);
        assertSame(ring, queue.next());
    }

    @Test
    void whatWaitsTooLongIsDropped() {
        queue.add(new Outgoing(new byte[10], 1, false, 100), false);
        queue.add(new Outgoing(new byte[20], 2, false, 200), true);
        assertEquals(0, queue.expire(150, 50));
        assertEquals(1, queue.expire(151, 50));
        assertEquals(20, shared.taken());
        assertEquals(1, queue.expire(251, 50));
        assertTrue(queue.isEmpty());
    }

    @Test
    void onlyTheHeadIsRemoved() {
        add(1, false, false);
        Outgoing second = add(1, false, false);
        assertThrows(IllegalStateException.class, () -> queue.remove(second));
    }

    private Outgoing add(int size, boolean control, boolean cut) {
        Outgoing outgoing = new Outgoing(new byte[size], 1, cut, 0);
        queue.add(outgoing, control);
        return outgoing;
    }
}

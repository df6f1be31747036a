package io.annulus.transport.frame;

import java.util.ArrayDeque;
import java.util.Objects;

/**
 * Frames that wait for one peer, bounded in number and bytes. Control frames go before data and between the parts of a long
 * one, so that bulk does not make a live node look dead; only the parts of two frames are never mixed. Owned by one thread.
 */
public final class OutgoingQueue {

    private final ArrayDeque<Outgoing> control = new ArrayDeque<>();
    private final ArrayDeque<Outgoing> data = new ArrayDeque<>();
    private final int maxFrames;
    private final long maxBytes;
    private final ByteBudget shared;
    private long bytes;

    /**
     * @param maxFrames most frames
     * @param maxBytes most bytes
     * @param shared what the queues of all peers may take together
     */
    public OutgoingQueue(int maxFrames, long maxBytes, ByteBudget shared) {
        this.maxFrames = maxFrames;
        this.maxBytes = maxBytes;
        this.shared = Objects.requireNonNull(shared, "shared");
    }

    /** Whether a frame of so many bytes may be added. */
    public boolean hasRoom(long frameBytes) {
        return control.size() + data.size() < maxFrames && frameBytes <= maxBytes - bytes && shared.hasRoom(frameBytes);
    }

    /** Adds a frame for which there is room. */
    public void add(Outgoing outgoing, boolean isControl) {
        if (!hasRoom(outgoing.frame().length)) {
            throw new IllegalStateException("no room for " + outgoing.frame().length + " bytes beside " + bytes);
        }
        bytes += outgoing.frame().length;
        shared.take(outgoing.frame().length);
        (isControl ? control : data).add(outgoing);
    }

    /** Whether a new frame may go at once, past the queue. */
    public boolean mayPass(boolean isControl) {
        return control.isEmpty() && (isControl || data.isEmpty());
    }

    /** Whether a frame waits. */
    public boolean isEmpty() {
        return control.isEmpty() && data.isEmpty();
    }

    /** The frame to send, or to go on sending; there must be one. */
    public Outgoing next() {
        Outgoing first = control.peek();
        Outgoing bulk = data.peek();
        if (first == null || bulk != null && bulk.hasBegun() && first.isCut()) {
            return data.element();
        }
        return first;
    }

    /** Takes out the frame that {@link #next} returned. */
    public void remove(Outgoing outgoing) {
        if (control.peek() == outgoing) {
            control.remove();
        } else if (data.peek() == outgoing) {
            data.remove();
        } else {
            throw new IllegalStateException("frame " + outgoing.frameId() + " is not at the head of the queue");
        }
        release(outgoing);
    }

    /**
     * Drops frames that have waited for too long.
     *
     * @return how many
     */
    public int expire(long nowNanos, long ageNanos) {
        return expire(control, nowNanos, ageNanos) + expire(data, nowNanos, ageNanos);
    }

    private int expire(ArrayDeque<Outgoing> queue, long nowNanos, long ageNanos) {
        int dropped = 0;
        while (!queue.isEmpty() && nowNanos - queue.element().sinceNanos() > ageNanos) {
            release(queue.remove());
            dropped++;
        }
        return dropped;
    }

    /**
     * Drops all frames.
     *
     * @return how many
     */
    public int clear() {
        int dropped = control.size() + data.size();
        control.clear();
        data.clear();
        shared.giveBack(bytes);
        bytes = 0;
        return dropped;
    }

    private void release(Outgoing outgoing) {
        bytes -= outgoing.frame().length;
        shared.giveBack(outgoing.frame().length);
    }
}

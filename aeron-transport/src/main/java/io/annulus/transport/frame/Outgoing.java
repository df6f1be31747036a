package io.annulus.transport.frame;

import java.util.Objects;

/** A frame on its way out, whole or in parts. Owned by one thread. */
public final class Outgoing {

    private final byte[] frame;
    private final long frameId;
    private final boolean cut;
    private final long sinceNanos;
    private int sent;

    /**
     * @param frame handed over, not copied
     * @param frameId number of the frame for its parts
     * @param cut whether it is too long for one Aeron message
     * @param sinceNanos when it was queued
     */
    public Outgoing(byte[] frame, long frameId, boolean cut, long sinceNanos) {
        this.frame = Objects.requireNonNull(frame, "frame");
        this.frameId = frameId;
        this.cut = cut;
        this.sinceNanos = sinceNanos;
    }

    /** The whole frame. */
    public byte[] frame() {
        return frame;
    }

    /** Its number. */
    public long frameId() {
        return frameId;
    }

    /** Whether it goes in parts. */
    public boolean isCut() {
        return cut;
    }

    /** How many of its bytes have gone. */
    public int sent() {
        return sent;
    }

    /** Takes note that more of it has gone. */
    public void advance(int bytes) {
        sent += bytes;
    }

    /** Whether all of it has gone. */
    public boolean isDone() {
        return sent >= frame.length;
    }

    boolean hasBegun() {
        return sent > 0;
    }

    long sinceNanos() {
        return sinceNanos;
    }
}

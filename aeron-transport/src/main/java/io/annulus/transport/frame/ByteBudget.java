package io.annulus.transport.frame;

/** A bound that several queues share. Owned by one thread. */
public final class ByteBudget {

    private final long limit;
    private long taken;

    public ByteBudget(long limit) {
        this.limit = limit;
    }

    /** Whether so many bytes are free. */
    public boolean hasRoom(long bytes) {
        return bytes <= limit - taken;
    }

    void take(long bytes) {
        taken += bytes;
    }

    void giveBack(long bytes) {
        taken -= bytes;
    }

    /** Bytes in use. */
    public long taken() {
        return taken;
    }
}

package io.annulus.storage;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Short turns for threads that read files while they outnumber the processors. The scheduler would let each run for some
 * milliseconds, so that one that loses its processor within a read waits for all others: 40 ms with 32 threads on two
 * processors, which is what one read in a thousand took. So a thread gives way after a few reads, as long as others wait in theirs. Any
 * thread.
 */
public final class ReadTurns {

    /** Giving way costs about as much as one read. */
    private static final int READS = 16;

    private final int processors;
    private final Runnable giveWay;
    private final AtomicInteger underWay = new AtomicInteger();

    /** Counted without order: a turn may be longer or shorter by some reads. */
    private int reads;

    /**
     * Turns on so many processors.
     *
     * @param giveWay lets other threads run, on the calling one
     */
    public ReadTurns(int processors, Runnable giveWay) {
        this.processors = processors;
        this.giveWay = giveWay;
    }

    /** Where threads never compete. */
    static ReadTurns unlimited() {
        return new ReadTurns(Integer.MAX_VALUE, () -> {});
    }

    /** Reads, and gives way when it is time to. */
    <T> T read(Supplier<T> read) {
        int now = underWay.incrementAndGet();
        try {
            return read.get();
        } finally {
            underWay.decrementAndGet();
            if (now > processors && ++reads % READS == 0) {
                giveWay.run();
            }
        }
    }
}

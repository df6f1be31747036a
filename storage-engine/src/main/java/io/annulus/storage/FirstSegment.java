package io.annulus.storage;

import java.io.IOException;

/**
 * Begins the first log segment of a life. Where the machine lacks something for it, writes are refused, and it is tried again
 * until it is there. Log thread.
 */
final class FirstSegment {

    private final EngineParts parts;
    private final Fence fence;
    private final LogTail tail;
    private final Retries retries;
    private boolean begun;

    FirstSegment(EngineParts parts, Fence fence, LogTail tail) {
        this.parts = parts;
        this.fence = fence;
        this.tail = tail;
        this.retries = new Retries(
                parts.loop(), () -> EngineThreads.runUnlessEnded(parts.threads().log(), this::tryToBegin));
    }

    /** Begins it; the second time is for nothing. */
    void begin() {
        if (!begun) {
            begun = true;
            tryToBegin();
        }
    }

    /** No try comes any more; loop. */
    void giveUp() {
        retries.end();
    }

    private void tryToBegin() {
        tail.take();
        try {
            if (!fence.isRaised() && !isThere()) {
                retries.ask();
            }
        } catch (Throwable e) {
            fence.raise(e);
        } finally {
            tail.release();
        }
    }

    private boolean isThere() throws IOException {
        // A mapped log on a full disk is a fault of the process.
        if (!DiskRoom.isThere(parts, fence)) {
            tail.lacks("the disk is full");
            return false;
        }
        return tail.begin();
    }
}

package io.annulus.transport.frame;

import io.annulus.transport.TransportCounter;
import java.util.Objects;

/** A frame, or a part of one, that is not acted on; the text says why, and the counter under which cause. */
public final class DroppedFrameException extends Exception {

    private static final long serialVersionUID = 1;

    private final TransportCounter counter;

    /** Without a stack trace: a peer that sends rubbish must not cost much. */
    DroppedFrameException(TransportCounter counter, String text) {
        super(text, null, false, false);
        this.counter = Objects.requireNonNull(counter, "counter");
    }

    /** What to count. */
    public TransportCounter counter() {
        return counter;
    }
}

package io.annulus.storage;

import io.annulus.api.ring.Token;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Ranges of tokens in which nothing may be purged for now, since records of them are on their way to or from another place: a
 * stream, say. Any thread.
 */
public final class PurgePins {

    /** Few at a time, and read for each entry that might be purged. */
    private final List<Pin> pins = new CopyOnWriteArrayList<>();

    /** A range that is pinned until it is closed; twice is as good as once. */
    public final class Pin implements AutoCloseable {

        private final Token from;
        private final Token to;

        private Pin(Token from, Token to) {
            this.from = Objects.requireNonNull(from, "from");
            this.to = Objects.requireNonNull(to, "to");
        }

        @Override
        public void close() {
            pins.remove(this);
        }
    }

    /** Pins all tokens from one to another, both included; {@code to} is not below {@code from}. */
    public Pin pin(Token from, Token to) {
        if (to.compareTo(from) < 0) {
            throw new IllegalArgumentException("tokens " + from + " to " + to + " are no range");
        }
        Pin pin = new Pin(from, to);
        pins.add(pin);
        return pin;
    }

    /** Whether some pin holds a token. */
    boolean isPinned(Token token) {
        for (Pin pin : pins) {
            if (token.compareTo(pin.from) >= 0 && token.compareTo(pin.to) <= 0) {
                return true;
            }
        }
        return false;
    }
}

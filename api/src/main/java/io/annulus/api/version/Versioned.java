package io.annulus.api.version;

import java.util.Objects;

/**
 * One live value in a record.
 *
 * @param dot name of its version
 * @param timestamp hybrid timestamp at which it was written
 * @param expiryMillis wall milliseconds after which it is hidden, 0 for never
 * @param value the bytes; handed over, not copied
 */
public record Versioned(Dot dot, long timestamp, long expiryMillis, byte[] value) {

    public Versioned {
        Objects.requireNonNull(dot, "dot");
        Objects.requireNonNull(value, "value");
    }
}

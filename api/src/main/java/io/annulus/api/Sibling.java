package io.annulus.api;

import io.annulus.api.version.Dot;
import java.util.Objects;

/**
 * One of the values of a key.
 *
 * @param value the bytes; they belong to the receiver
 * @param dot name of its version
 * @param writtenMillis wall milliseconds of the coordinator that wrote it, for display only
 */
public record Sibling(byte[] value, Dot dot, long writtenMillis) {

    public Sibling {
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(dot, "dot");
    }
}

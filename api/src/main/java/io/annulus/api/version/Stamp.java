package io.annulus.api.version;

import java.util.Objects;

/**
 * What a coordinator gives a new version.
 *
 * @param dot fresh name of the version
 * @param timestamp hybrid timestamp
 * @param expiryMillis wall milliseconds after which the value is hidden, 0 for never
 */
public record Stamp(Dot dot, long timestamp, long expiryMillis) {

    public Stamp {
        Objects.requireNonNull(dot, "dot");
    }
}

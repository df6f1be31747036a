package io.annulus.ring;

/**
 * How a node looks for its ring.
 *
 * @param requestIntervalMillis milliseconds between two looks at what others use, 50 to 60000
 */
public record RingConfig(int requestIntervalMillis) {

    public RingConfig {
        if (requestIntervalMillis < 50 || requestIntervalMillis > 60_000) {
            throw new IllegalArgumentException(
                    "request.interval.millis = " + requestIntervalMillis + " of annulus.ring is not 50 to 60000");
        }
    }
}

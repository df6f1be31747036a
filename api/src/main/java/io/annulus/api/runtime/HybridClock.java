package io.annulus.api.runtime;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A hybrid logical clock (Kulkarni et al., "Logical Physical Clocks", 2014). A timestamp is one long: 48 bits of wall
 * milliseconds above 16 bits of a counter; timestamps compare as unsigned longs. It orders last-write-wins and tells age;
 * causality never depends on it. Owned by the event loop.
 */
@ProviderType
public interface HybridClock {

    /** A timestamp greater than every one returned or observed before. */
    long next();

    /**
     * Takes note of a timestamp seen in a message or record.
     *
     * @return false when it lies so far ahead of the local wall clock that it was ignored: a bad clock hurts only its own
     *     node
     */
    boolean observe(long timestamp);

    /** The wall milliseconds inside a timestamp. */
    static long millisOf(long timestamp) {
        return timestamp >>> 16;
    }
}

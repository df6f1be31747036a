package io.annulus.api.runtime;

import org.osgi.annotation.versioning.ProviderType;

/** The clocks of a node. Any thread may read them. */
@ProviderType
public interface TimeSource {

    /** Monotonic time in nanoseconds, of any origin; the only clock for durations, deadlines and timers. */
    long nanos();

    /** Wall clock in milliseconds since 1970, which may jump; read only by hybrid clocks and for expiry of values. */
    long wallMillis();
}

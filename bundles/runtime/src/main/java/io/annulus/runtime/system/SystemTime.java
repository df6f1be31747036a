package io.annulus.runtime.system;

import io.annulus.api.runtime.TimeSource;

/** The clocks of the system; any thread. */
public final class SystemTime implements TimeSource {

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    @Override
    public long wallMillis() {
        return System.currentTimeMillis();
    }
}

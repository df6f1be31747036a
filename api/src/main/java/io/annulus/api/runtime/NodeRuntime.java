package io.annulus.api.runtime;

import java.util.concurrent.Executor;
import org.osgi.annotation.versioning.ProviderType;

/** The running node: its loop and what its protocol code may use. One service of this type per node. */
@ProviderType
public interface NodeRuntime {

    /** The loop that owns the protocol state. */
    EventLoop loop();

    /** The clocks. */
    TimeSource time();

    /** Randomness. */
    RandomSource random();

    /** The hybrid clock; on the loop only. */
    HybridClock clock();

    /** Where stages of consumers complete: bounded threads of the store, never the loop. */
    Executor callbacks();
}

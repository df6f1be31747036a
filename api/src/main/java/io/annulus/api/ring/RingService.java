package io.annulus.api.ring;

import io.annulus.api.runtime.Cancellable;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/** The ring that this node uses. */
@ProviderType
public interface RingService {

    /** A snapshot; any thread. */
    RingState state();

    /** Calls a listener on the event loop at each change, until it is cancelled. */
    Cancellable listen(Consumer<RingState> listener);
}

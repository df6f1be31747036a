package io.annulus.api.version;

import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Issues the dots of this node's origin, each once and for ever. Registered as a service once the first block of sequences
 * is reserved durably. Used on the event loop only.
 */
@ProviderType
public interface DotSupply {

    /**
     * A fresh dot; never blocks.
     *
     * @return empty when all sequences that are durably reserved have been issued: refuse the write as overloaded, the next
     *     block is under way
     */
    Optional<Dot> next();

    /**
     * Issues no further dot of the present origin, and soon those of another. Called when this node's own log did not take a
     * version that may have left the node: records composed later on top of what the node holds would claim to have seen all
     * of the origin, and so to replace that version.
     */
    void abandonOrigin();
}

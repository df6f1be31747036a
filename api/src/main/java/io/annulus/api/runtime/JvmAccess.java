package io.annulus.api.runtime;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Proof that the packages of the JVM that the transport and the commit log reach into are open. The service is registered
 * only once they are; components that load such libraries refer to it, so that they come up after it.
 */
@ProviderType
public interface JvmAccess {

    /** One sentence on how the access was had: by flags of the command line, or granted at run time. */
    String description();
}

package io.annulus.transport.osgi;

import io.annulus.api.cluster.NodeSettings;
import io.annulus.api.runtime.JvmAccess;
import io.annulus.api.runtime.Messenger;
import io.annulus.api.runtime.NodeRuntime;
import io.annulus.api.storage.StorageEngine;
import io.annulus.transport.NodeIdentity;
import io.annulus.transport.TransportConfig;
import io.annulus.transport.aeron.AeronMessenger;
import java.io.IOException;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The node's messenger, while the node's settings, loop and storage are there. It registers the service by itself, and only
 * once the port is bound: Declarative Services would register it before, and try again for each component that wants it.
 */
@Component(
        immediate = true,
        service = {},
        configurationPid = "annulus.transport")
@Designate(ocd = TransportSettings.class)
@Capability(namespace = "osgi.service", attribute = "objectClass:List<String>=\"io.annulus.api.runtime.Messenger\"")
public final class TransportComponent {

    private static final Logger LOG = LoggerFactory.getLogger(TransportComponent.class);

    private final AeronMessenger messenger;
    private final ServiceRegistration<Messenger> registration;

    /**
     * Binds the port of the node.
     *
     * @param access not called; proof that the JVM is open to Aeron
     * @throws IOException when the port cannot be had; the text says what to do
     */
    @Activate
    public TransportComponent(
            BundleContext context,
            TransportSettings settings,
            @Reference NodeSettings node,
            @Reference NodeRuntime runtime,
            @Reference JvmAccess access,
            @Reference StorageEngine storage)
            throws IOException {
        messenger = start(settings, node, runtime, storage);
        registration = context.registerService(Messenger.class, messenger, null);
    }

    /** What goes wrong is logged in one plain line too, since the framework shows it deep in a trace. */
    private static AeronMessenger start(
            TransportSettings settings, NodeSettings node, NodeRuntime runtime, StorageEngine storage)
            throws IOException {
        try {
            TransportConfig config = TransportSettings.Reader.config(settings);
            NodeIdentity identity =
                    new NodeIdentity(node.node(), storage.identity().storeId(), node.endpoint());
            AeronMessenger started = AeronMessenger.start(config, identity, runtime.loop(), runtime.time());
            LOG.info("Node {} receives on {} for cluster '{}'", node.node(), node.endpoint(), config.clusterName());
            if (config.allowUnsealed()) {
                LOG.warn(
                        "insecure.bind.anywhere is set: whoever reaches {} can read and forge messages",
                        node.endpoint());
            }
            return started;
        } catch (IOException | RuntimeException e) {
            LOG.error("Node {} cannot receive: {}", node.node(), e.getMessage());
            throw e;
        }
    }

    /** Whoever uses the messenger stops first: unregistering deactivates the components that refer to it. */
    @Deactivate
    void close() {
        registration.unregister();
        messenger.close();
        LOG.info("Node no longer receives on {}", messenger.local());
    }
}

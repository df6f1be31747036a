package io.annulus.transport.osgi;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.NodeSettings;
import io.annulus.api.message.Message;
import io.annulus.api.message.Verb;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.JvmAccess;
import io.annulus.api.runtime.MessageHandler;
import io.annulus.api.runtime.Messenger;
import io.annulus.api.runtime.NodeRuntime;
import io.annulus.api.storage.StorageEngine;
import io.annulus.transport.NodeIdentity;
import io.annulus.transport.TransportConfig;
import io.annulus.transport.aeron.AeronMessenger;
import java.io.IOException;
import java.util.Set;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The node's messenger, while the node's settings, loop and storage are there. */
@Component(service = Messenger.class, immediate = true, configurationPid = "annulus.transport")
@Designate(ocd = TransportSettings.class)
public final class TransportComponent implements Messenger {

    private static final Logger LOG = LoggerFactory.getLogger(TransportComponent.class);

    private final AeronMessenger messenger;

    /**
     * Binds the port of the node.
     *
     * @param access not called; proof that the JVM is open to Aeron
     * @throws IOException when the port cannot be had; the text says what to do
     */
    @Activate
    public TransportComponent(
            TransportSettings settings,
            @Reference NodeSettings node,
            @Reference NodeRuntime runtime,
            @Reference JvmAccess access,
            @Reference StorageEngine storage)
            throws IOException {
        NodeIdentity identity = new NodeIdentity(node.node(), storage.identity().storeId(), node.endpoint());
        TransportConfig config = TransportSettings.Reader.config(settings);
        messenger = AeronMessenger.start(config, identity, runtime.loop(), runtime.time());
        LOG.info("Node {} receives on {} for cluster '{}'", node.node(), node.endpoint(), config.clusterName());
        if (config.allowUnsealed()) {
            LOG.warn("insecure.bind.anywhere is set: whoever reaches {} can read and forge messages", node.endpoint());
        }
    }

    @Deactivate
    void deactivate() {
        messenger.close();
        LOG.info("Node no longer receives on {}", messenger.local());
    }

    @Override
    public boolean send(Endpoint to, Message message) {
        return messenger.send(to, message);
    }

    @Override
    public Cancellable listen(Set<Verb> verbs, MessageHandler handler) {
        return messenger.listen(verbs, handler);
    }

    @Override
    public Endpoint local() {
        return messenger.local();
    }
}

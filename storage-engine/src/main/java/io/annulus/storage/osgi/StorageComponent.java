package io.annulus.storage.osgi;

import io.annulus.api.cluster.NodeSettings;
import io.annulus.api.runtime.JvmAccess;
import io.annulus.api.runtime.NodeRuntime;
import io.annulus.api.storage.StorageEngine;
import io.annulus.storage.disk.DiskStorage;
import io.annulus.storage.disk.DiskStorageConfig;
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
 * The storage of the node. It registers the service by itself, and only once the data directory is open: Declarative Services
 * would register it before, and try again for each component that wants it.
 */
@Component(
        immediate = true,
        service = {},
        configurationPid = "annulus.storage")
@Designate(ocd = StorageSettings.class)
@Capability(namespace = "osgi.service", attribute = "objectClass:List<String>=\"io.annulus.api.storage.StorageEngine\"")
public final class StorageComponent {

    private static final Logger LOG = LoggerFactory.getLogger(StorageComponent.class);

    private final DiskStorage storage;
    private final ServiceRegistration<StorageEngine> registration;

    /**
     * Opens the data directory of the node.
     *
     * @param access not called: it is there once the JVM is open to Chronicle
     */
    @Activate
    public StorageComponent(
            BundleContext context,
            @Reference NodeSettings node,
            @Reference NodeRuntime runtime,
            @Reference JvmAccess access,
            StorageSettings settings) {
        storage = open(settings, node, runtime);
        registration = context.registerService(StorageEngine.class, storage, null);
    }

    /** What goes wrong is logged in one plain line too, since the framework shows it deep in a trace. */
    private static DiskStorage open(StorageSettings settings, NodeSettings node, NodeRuntime runtime) {
        try {
            DiskStorageConfig config = StorageSettings.Reader.config(settings, node.dataDirectory());
            return DiskStorage.open(config, node.node(), runtime.loop());
        } catch (RuntimeException e) {
            LOG.error("Storage of node {} cannot be opened: {}", node.node(), e.getMessage());
            throw e;
        }
    }

    /** Whoever uses the storage stops first: unregistering deactivates the components that refer to it. */
    @Deactivate
    void close() {
        registration.unregister();
        storage.close();
    }
}

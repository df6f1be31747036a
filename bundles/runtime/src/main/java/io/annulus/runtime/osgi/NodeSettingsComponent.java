package io.annulus.runtime.osgi;

import io.annulus.api.cluster.NodeSettings;
import io.annulus.runtime.NodeSettingsParser;
import java.nio.file.Path;
import java.util.Optional;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers {@link NodeSettings}. It registers the service by itself, and only once every value was found good: Declarative
 * Services would register it before.
 */
@Component(
        immediate = true,
        service = {},
        configurationPid = NodeSettingsParser.PID,
        configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = NodeConfig.class)
@Capability(
        namespace = "osgi.service",
        effective = "active",
        attribute = "objectClass:List<String>=\"io.annulus.api.cluster.NodeSettings\"")
public final class NodeSettingsComponent {

    private static final Logger LOG = LoggerFactory.getLogger(NodeSettingsComponent.class);

    private final ServiceRegistration<NodeSettings> registration;

    @Activate
    public NodeSettingsComponent(BundleContext context, NodeConfig config) {
        NodeSettings settings = settings(context, config);
        registration = context.registerService(NodeSettings.class, settings, null);
    }

    /** What is wrong is logged in one plain line too, since the framework shows it deep in a trace. */
    private static NodeSettings settings(BundleContext context, NodeConfig config) {
        try {
            return new NodeSettingsParser(path(context, "karaf.base"), path(context, "karaf.data"))
                    .settings(NodeConfig.Texts.of(config));
        } catch (IllegalArgumentException e) {
            LOG.error("{}", e.getMessage());
            throw e;
        }
    }

    private static Optional<Path> path(BundleContext context, String property) {
        return Optional.ofNullable(context.getProperty(property))
                .map(text -> Path.of(text).toAbsolutePath().normalize());
    }

    @Deactivate
    void close() {
        registration.unregister();
    }
}

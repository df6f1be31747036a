package io.annulus.runtime.osgi;

import io.annulus.api.runtime.NodeRuntime;
import io.annulus.runtime.NodeSettingsParser;
import io.annulus.runtime.system.SystemRuntime;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;

/** Offers the {@link NodeRuntime} whose threads run while the component is active; registers it once they do. */
@Component(
        immediate = true,
        service = {},
        configurationPid = NodeSettingsParser.PID,
        configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Capability(
        namespace = "osgi.service",
        effective = "active",
        attribute = "objectClass:List<String>=\"io.annulus.api.runtime.NodeRuntime\"")
public final class NodeRuntimeComponent {

    private final SystemRuntime runtime;
    private final ServiceRegistration<NodeRuntime> registration;

    @Activate
    public NodeRuntimeComponent(BundleContext context, NodeConfig config) {
        runtime = SystemRuntime.start(NodeSettingsParser.limits(NodeConfig.Texts.of(config)));
        registration = context.registerService(NodeRuntime.class, runtime, null);
    }

    /** Whoever uses the runtime stops first: unregistering deactivates the components that refer to it. */
    @Deactivate
    void close() {
        registration.unregister();
        runtime.close();
    }
}

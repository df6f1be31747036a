package io.annulus.runtime.osgi;

import io.annulus.api.runtime.JvmAccess;
import io.annulus.runtime.PackageOpener;
import io.annulus.runtime.system.RunningJvm;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the packages of the JVM and then registers {@link JvmAccess}. Where that is not possible, activation fails with what
 * to do, which Declarative Services logs as error.
 */
@Component(
        immediate = true,
        service = {})
@Capability(
        namespace = "osgi.service",
        effective = "active",
        attribute = "objectClass:List<String>=\"io.annulus.api.runtime.JvmAccess\"")
public final class JvmAccessComponent {

    private static final Logger LOG = LoggerFactory.getLogger(JvmAccessComponent.class);

    private final ServiceRegistration<JvmAccess> registration;

    @Activate
    public JvmAccessComponent(BundleContext context) {
        JvmAccess access = new PackageOpener(new RunningJvm()).open();
        LOG.info("Packages of the JVM {}", access.description());
        registration = context.registerService(JvmAccess.class, access, null);
    }

    @Deactivate
    void close() {
        registration.unregister();
    }
}

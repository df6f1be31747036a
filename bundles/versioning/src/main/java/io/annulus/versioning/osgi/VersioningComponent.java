package io.annulus.versioning.osgi;

import io.annulus.api.version.Versioning;
import io.annulus.versioning.RecordVersioning;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Offers {@link Versioning}. */
@Component(
        immediate = true,
        service = {})
@Capability(namespace = "osgi.service", attribute = "objectClass:List<String>=\"io.annulus.api.version.Versioning\"")
public final class VersioningComponent {

    private final ServiceRegistration<Versioning> registration;

    @Activate
    public VersioningComponent(BundleContext context) {
        registration = context.registerService(Versioning.class, new RecordVersioning(), null);
    }

    @Deactivate
    void close() {
        registration.unregister();
    }
}

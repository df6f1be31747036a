package io.annulus.ring.osgi;

import io.annulus.api.cluster.Membership;
import io.annulus.api.cluster.NodeSettings;
import io.annulus.api.ring.RingService;
import io.annulus.api.ring.RingState;
import io.annulus.api.runtime.EventLoop;
import io.annulus.api.runtime.Messenger;
import io.annulus.api.runtime.NodeRuntime;
import io.annulus.api.storage.StorageEngine;
import io.annulus.ring.RingFormation;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the formation of the ring and offers it as {@link RingService}, while it forms as well. */
@Component(
        immediate = true,
        service = {},
        configurationPid = "annulus.ring",
        configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = RingSettings.class)
@Capability(namespace = "osgi.service", attribute = "objectClass:List<String>=\"io.annulus.api.ring.RingService\"")
public final class RingComponent {

    private static final Logger LOG = LoggerFactory.getLogger(RingComponent.class);

    private final EventLoop loop;
    private final RingFormation formation;
    private final ServiceRegistration<RingService> registration;

    @Activate
    public RingComponent(
            BundleContext context,
            @Reference NodeSettings node,
            @Reference NodeRuntime runtime,
            @Reference Messenger messenger,
            @Reference Membership membership,
            @Reference StorageEngine storage,
            RingSettings settings) {
        loop = runtime.loop();
        formation =
                new RingFormation(node, runtime, messenger, membership, storage, RingSettings.Reader.config(settings));
        formation.listen(RingComponent::log);
        start();
        registration = context.registerService(RingService.class, formation, null);
    }

    @Deactivate
    void close() {
        registration.unregister();
        LoopTask.run(loop, formation::close);
    }

    private static void log(RingState state) {
        switch (state.standing()) {
            case FORMING, OWNER, CLIENT -> LOG.info("{}: {}", state.standing(), state.explanation());
            case AMNESIAC, CONFLICT -> LOG.warn("{}: {}", state.standing(), state.explanation());
        }
    }

    /** Starts on the loop; what starts too late is closed at once. */
    private void start() {
        try {
            LoopTask.run(loop, formation::start);
        } catch (IllegalStateException e) {
            loop.execute(formation::close);
            throw e;
        }
    }
}

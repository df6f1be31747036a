package io.annulus.membership.osgi;

import io.annulus.api.cluster.Membership;
import io.annulus.api.cluster.NodeSettings;
import io.annulus.api.runtime.EventLoop;
import io.annulus.api.runtime.Messenger;
import io.annulus.api.runtime.NodeRuntime;
import io.annulus.api.storage.StorageEngine;
import io.annulus.membership.GossipConfig;
import io.annulus.membership.GossipMembership;
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

/** Runs {@link GossipMembership} on the node's loop while active, and offers it as service once it runs. */
@Component(
        immediate = true,
        service = {},
        configurationPid = GossipConfig.PID,
        configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = MembershipConfig.class)
@Capability(
        namespace = "osgi.service",
        effective = "active",
        attribute = "objectClass:List<String>=\"io.annulus.api.cluster.Membership\"")
public final class MembershipComponent {

    private static final Logger LOG = LoggerFactory.getLogger(MembershipComponent.class);

    private final EventLoop loop;
    private final GossipMembership membership;
    private final ServiceRegistration<Membership> registration;

    @Activate
    public MembershipComponent(
            BundleContext context,
            MembershipConfig config,
            @Reference NodeSettings settings,
            @Reference NodeRuntime runtime,
            @Reference Messenger messenger,
            @Reference StorageEngine storage) {
        GossipConfig gossip = GossipConfig.parse(MembershipConfig.Texts.of(config));
        loop = runtime.loop();
        membership = LoopCall.make(
                loop,
                () -> GossipMembership.start(gossip, settings, storage.identity(), runtime, messenger),
                GossipMembership::close);
        registration = context.registerService(Membership.class, membership, null);
    }

    @Deactivate
    void close() {
        registration.unregister();
        try {
            LoopCall.make(loop, () -> closed(membership), ignored -> {});
        } catch (IllegalStateException e) {
            // A loop that stopped runs no timer of ours any more.
            LOG.warn("Membership was not closed on the loop: {}", e.getMessage());
        }
    }

    private static GossipMembership closed(GossipMembership membership) {
        membership.close();
        return membership;
    }
}

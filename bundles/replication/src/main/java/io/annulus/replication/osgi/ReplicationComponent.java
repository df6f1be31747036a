package io.annulus.replication.osgi;

import io.annulus.api.Annulus;
import io.annulus.api.cluster.Membership;
import io.annulus.api.ring.RingService;
import io.annulus.api.runtime.Messenger;
import io.annulus.api.runtime.NodeRuntime;
import io.annulus.api.storage.StorageEngine;
import io.annulus.api.version.DotSupply;
import io.annulus.api.version.Versioning;
import io.annulus.replication.Environment;
import io.annulus.replication.Replication;
import io.annulus.replication.ReplicationConfig;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Runs the request path while all that it works with is there; offers {@link Annulus} once it does. */
@Component(
        immediate = true,
        service = {},
        configurationPid = "annulus.replication",
        configurationPolicy = ConfigurationPolicy.OPTIONAL)
@Designate(ocd = ReplicationSettings.class)
@Capability(namespace = "osgi.service", attribute = "objectClass:List<String>=\"io.annulus.api.Annulus\"")
@Capability(namespace = "osgi.service", attribute = "objectClass:List<String>=\"io.annulus.replication.Replication\"")
public final class ReplicationComponent {

    private final NodeRuntime runtime;
    private final Replication replication;
    private final ServiceRegistration<Annulus> annulus;
    private final ServiceRegistration<Replication> host;

    @Activate
    public ReplicationComponent(
            BundleContext context,
            @Reference NodeRuntime runtime,
            @Reference Peers peers,
            @Reference StorageEngine storage,
            @Reference Versioning versioning,
            @Reference DotSupply dots,
            ReplicationSettings settings) {
        this.runtime = runtime;
        ReplicationConfig config = ConfigTexts.logged(() -> ReplicationSettings.Reader.config(settings));
        Environment environment = new Environment(
                runtime, peers.messenger(), peers.membership(), peers.rings(), storage, versioning, dots, config);
        replication = LoopCalls.call(runtime.loop(), () -> {
            Replication created = new Replication(environment);
            created.start();
            return created;
        });
        annulus = context.registerService(Annulus.class, replication.annulus(), null);
        host = context.registerService(Replication.class, replication, null);
    }

    /** Keyspaces go first: unregistering the host deactivates their components. */
    @Deactivate
    void close() {
        host.unregister();
        annulus.unregister();
        LoopCalls.call(runtime.loop(), () -> {
            replication.close();
            return replication;
        });
    }

    /** The services of other nodes' side, bundled so that the constructor stays short. */
    @Component(service = Peers.class)
    public static final class Peers {

        private final Messenger messenger;
        private final Membership membership;
        private final RingService rings;

        @Activate
        public Peers(@Reference Messenger messenger, @Reference Membership membership, @Reference RingService rings) {
            this.messenger = messenger;
            this.membership = membership;
            this.rings = rings;
        }

        Messenger messenger() {
            return messenger;
        }

        Membership membership() {
            return membership;
        }

        RingService rings() {
            return rings;
        }
    }
}

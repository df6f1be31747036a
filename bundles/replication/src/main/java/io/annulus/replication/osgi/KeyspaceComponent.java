package io.annulus.replication.osgi;

import io.annulus.api.Keyspace;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.ring.RingService;
import io.annulus.api.ring.RingState;
import io.annulus.api.ring.RingState.Standing;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.NodeRuntime;
import io.annulus.replication.Replication;
import java.util.Dictionary;
import java.util.Hashtable;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/**
 * One keyspace for each factory configuration {@code annulus.keyspace-NAME}: offers {@link Keyspace} under
 * {@code kv.keyspace=NAME} while the node has a ring to serve it in.
 */
@Component(
        immediate = true,
        service = {},
        configurationPid = "annulus.keyspace",
        configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = KeyspaceConfig.class, factory = true)
@Capability(namespace = "osgi.service", attribute = "objectClass:List<String>=\"io.annulus.api.Keyspace\"")
public final class KeyspaceComponent {

    private final BundleContext context;
    private final Replication replication;
    private final RingService rings;
    private final Keyspace keyspace;
    private final Cancellable listening;
    private ServiceRegistration<Keyspace> registration;
    private boolean closed;

    @Activate
    public KeyspaceComponent(
            BundleContext context,
            @Reference Replication replication,
            @Reference RingService rings,
            @Reference NodeRuntime runtime,
            KeyspaceConfig config) {
        KeyspaceSettings settings = ConfigTexts.logged(() -> KeyspaceConfig.Reader.settings(config));
        this.context = context;
        this.replication = replication;
        this.rings = rings;
        this.keyspace = LoopCalls.await(replication.openKeyspace(settings).toCompletableFuture());
        this.listening = LoopCalls.call(
                runtime.loop(), () -> rings.listen(state -> runtime.callbacks().execute(this::refresh)));
        refresh();
    }

    @Deactivate
    void close() {
        listening.cancel();
        synchronized (this) {
            closed = true;
            withdraw();
        }
        LoopCalls.await(replication.closeKeyspace(keyspace.settings().name()).toCompletableFuture());
    }

    /** Registers or unregisters as the ring says; never on the loop, since the framework calls listeners in here. */
    private synchronized void refresh() {
        RingState state = rings.state();
        boolean serving = !closed && state.ring().isPresent() && state.standing() != Standing.CONFLICT;
        if (!serving) {
            withdraw();
        } else if (registration == null) {
            Dictionary<String, Object> properties = new Hashtable<>();
            properties.put("kv.keyspace", keyspace.settings().name());
            properties.put("kv.mode", keyspace.settings().mode().name());
            registration = context.registerService(Keyspace.class, keyspace, properties);
        }
    }

    private void withdraw() {
        if (registration != null) {
            registration.unregister();
            registration = null;
        }
    }
}

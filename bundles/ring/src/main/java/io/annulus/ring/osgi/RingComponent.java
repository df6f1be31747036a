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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
    private static final long LOOP_LIMIT_SECONDS = 30;

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
        onLoop(formation::start);
        registration = context.registerService(RingService.class, formation, null);
    }

    @Deactivate
    void close() {
        registration.unregister();
        onLoop(formation::close);
    }

    private static void log(RingState state) {
        switch (state.standing()) {
            case FORMING, OWNER, CLIENT -> LOG.info("{}: {}", state.standing(), state.explanation());
            case AMNESIAC, CONFLICT -> LOG.warn("{}: {}", state.standing(), state.explanation());
        }
    }

    private void onLoop(Runnable task) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                task.run();
                done.complete(null);
            } catch (RuntimeException e) {
                done.completeExceptionally(e);
            }
        });
        try {
            done.get(LOOP_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the node's loop", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException("the node's loop ran no task within " + LOOP_LIMIT_SECONDS + " s", e);
        }
    }
}

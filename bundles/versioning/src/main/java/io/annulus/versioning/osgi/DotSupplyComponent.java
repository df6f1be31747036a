package io.annulus.versioning.osgi;

import io.annulus.api.runtime.Completion;
import io.annulus.api.runtime.NodeRuntime;
import io.annulus.api.storage.StorageEngine;
import io.annulus.api.version.DotSupply;
import io.annulus.versioning.DotSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers {@link DotSupply} once the first block of dots is reserved on the disk. Where it cannot be reserved, activation
 * fails with the reason, which Declarative Services logs as error.
 */
@Component(
        immediate = true,
        service = {})
@Capability(namespace = "osgi.service", attribute = "objectClass:List<String>=\"io.annulus.api.version.DotSupply\"")
public final class DotSupplyComponent {

    private static final Logger LOG = LoggerFactory.getLogger(DotSupplyComponent.class);
    private static final long START_LIMIT_SECONDS = 30;

    private final ServiceRegistration<DotSupply> registration;

    @Activate
    public DotSupplyComponent(BundleContext context, @Reference NodeRuntime runtime, @Reference StorageEngine storage) {
        DotSource source = new DotSource(storage.identity(), storage.system(), DotSource.DEFAULT_BLOCK);
        CompletableFuture<Long> started = new CompletableFuture<>();
        runtime.loop().execute(() -> source.start(Completion.of(started::complete, started::completeExceptionally)));
        long first = await(started);
        LOG.info(
                "Versions of origin {} start at {}",
                Long.toHexString(storage.identity().origin()),
                first);
        registration = context.registerService(DotSupply.class, source, null);
    }

    @Deactivate
    void close() {
        registration.unregister();
    }

    private static long await(CompletableFuture<Long> started) {
        try {
            return started.get(START_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the first dots were being reserved", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    "cannot reserve the first dots: " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    "the first dots were not reserved within " + START_LIMIT_SECONDS
                            + " s; is the disk of the data directory stuck?",
                    e);
        }
    }
}

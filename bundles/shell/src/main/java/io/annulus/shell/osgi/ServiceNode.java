package io.annulus.shell.osgi;

import io.annulus.api.Annulus;
import io.annulus.api.Keyspace;
import io.annulus.api.runtime.EventLoop;
import io.annulus.api.runtime.NodeRuntime;
import io.annulus.api.storage.StorageEngine;
import io.annulus.shell.CommandException;
import io.annulus.shell.Keyspaces;
import io.annulus.shell.Node;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/** The node of this framework. One command's thread; to be closed at its end. */
final class ServiceNode implements Node, AutoCloseable {

    private static final long WAIT_SECONDS = 20;
    private static final long LOOK_MILLIS = 50;

    private final BundleContext context;
    private final long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
    private final Map<Class<?>, ServiceReference<?>> held = new LinkedHashMap<>();

    ServiceNode(BundleContext context) {
        this.context = context;
    }

    /** The node, when it is there at this moment. */
    Optional<Annulus> find() {
        return find(Annulus.class);
    }

    @Override
    public Annulus annulus() throws CommandException, InterruptedException {
        return await(Annulus.class);
    }

    @Override
    public StorageEngine storage() throws CommandException, InterruptedException {
        return await(StorageEngine.class);
    }

    @Override
    public EventLoop loop() throws CommandException, InterruptedException {
        return await(NodeRuntime.class).loop();
    }

    @Override
    public Keyspace keyspace(String name) throws CommandException, InterruptedException {
        Annulus annulus = annulus();
        Optional<Keyspace> keyspace = annulus.keyspace(name);
        while (!annulus.status().serving() || keyspace.isEmpty()) {
            if (annulus.status().serving() && (overdue() || !annulus.keyspaces().isEmpty())) {
                throw Keyspaces.unknown(name, annulus);
            }
            sleepOr("the node does not serve: " + annulus.ring().explanation());
            annulus = annulus();
            keyspace = annulus.keyspace(name);
        }
        return keyspace.get();
    }

    private <T> T await(Class<T> type) throws CommandException, InterruptedException {
        Optional<T> service = find(type);
        while (service.isEmpty()) {
            sleepOr("the node has not started within " + WAIT_SECONDS + " s; log:display says why, and 'scr:list'"
                    + " which of its components wait");
            service = find(type);
        }
        return service.get();
    }

    private <T> Optional<T> find(Class<T> type) {
        giveBack(held.remove(type));
        ServiceReference<T> reference = context.getServiceReference(type);
        if (reference == null) {
            return Optional.empty();
        }
        held.put(type, reference);
        return Optional.ofNullable(context.getService(reference));
    }

    private void giveBack(ServiceReference<?> reference) {
        if (reference != null) {
            context.ungetService(reference);
        }
    }

    private void sleepOr(String overdue) throws CommandException, InterruptedException {
        if (overdue()) {
            throw new CommandException(overdue);
        }
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }

    private boolean overdue() {
        return System.nanoTime() - deadlineNanos >= 0;
    }

    @Override
    public void close() {
        held.values().forEach(this::giveBack);
        held.clear();
    }
}

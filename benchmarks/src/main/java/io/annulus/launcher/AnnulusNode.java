package io.annulus.launcher;

import io.annulus.api.Annulus;
import io.annulus.api.Keyspace;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.cluster.MemberStatus;
import io.annulus.api.cluster.NodeSettings;
import io.annulus.membership.GossipConfig;
import io.annulus.membership.GossipMembership;
import io.annulus.replication.Environment;
import io.annulus.replication.Replication;
import io.annulus.replication.ReplicationConfig;
import io.annulus.ring.RingConfig;
import io.annulus.ring.RingFormation;
import io.annulus.runtime.PackageOpener;
import io.annulus.runtime.RuntimeConfig;
import io.annulus.runtime.system.RunningJvm;
import io.annulus.runtime.system.SystemRuntime;
import io.annulus.storage.disk.DiskStorage;
import io.annulus.storage.disk.DiskStorageConfig;
import io.annulus.transport.NodeIdentity;
import io.annulus.transport.TransportConfig;
import io.annulus.transport.aeron.AeronMessenger;
import io.annulus.versioning.DotSource;
import io.annulus.versioning.RecordVersioning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * A node of the store in this process, wired from the same cores as in Karaf. Any thread but the node's loop may start, use and
 * close it; closing twice is as good as once.
 */
public final class AnnulusNode implements AutoCloseable {

    private static final int RING_REQUEST_MILLIS = 1_000;

    private static final long LOOK_NANOS = 20_000_000L;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final SystemRuntime runtime;
    private final LoopThread loop;
    private GossipMembership membership;
    private RingFormation rings;
    private Replication replication;
    private boolean closed;

    private AnnulusNode() {
        new PackageOpener(new RunningJvm()).open();
        runtime = SystemRuntime.start(RuntimeConfig.standard());
        loop = new LoopThread(runtime.loop());
        parts.push(runtime);
    }

    /**
     * Starts a node and opens keyspaces on it; it serves once its ring is there. Blocks for about a second.
     *
     * @throws RuntimeException when the port, the data directory or the JVM cannot be had; the message names the mend
     */
    public static AnnulusNode start(NodeSettings settings, List<KeyspaceSettings> keyspaces) throws IOException {
        AnnulusNode node = new AnnulusNode();
        try {
            node.wire(settings);
            for (KeyspaceSettings keyspace : keyspaces) {
                LoopThread.await(node.replication.openKeyspace(keyspace).toCompletableFuture());
            }
            return node;
        } catch (IOException | RuntimeException | Error e) {
            node.closeAfter(e);
            throw e;
        }
    }

    /** What ended the start is what its caller hears of. */
    private void closeAfter(Throwable failure) {
        try {
            close();
        } catch (RuntimeException e) {
            failure.addSuppressed(e);
        }
    }

    private void wire(NodeSettings settings) throws IOException {
        DiskStorage storage =
                DiskStorage.open(DiskStorageConfig.in(settings.dataDirectory()), settings.node(), runtime.loop());
        parts.push(storage);
        AeronMessenger messenger = AeronMessenger.start(
                TransportConfig.in(Path.of(System.getProperty("java.io.tmpdir"))),
                new NodeIdentity(settings.node(), storage.identity().storeId(), settings.endpoint()),
                runtime.loop(),
                runtime.time());
        parts.push(messenger);
        membership = loop.call(() ->
                GossipMembership.start(GossipConfig.standard(), settings, storage.identity(), runtime, messenger));
        parts.push(() -> loop.run(membership::close));
        rings = loop.call(() -> {
            RingFormation formation = new RingFormation(
                    settings, runtime, messenger, membership, storage, new RingConfig(RING_REQUEST_MILLIS));
            formation.start();
            return formation;
        });
        parts.push(() -> loop.run(rings::close));
        DotSource dots = new DotSource(storage.identity(), storage.system(), DotSource.DEFAULT_BLOCK);
        loop.await(dots::start);
        replication = loop.call(() -> {
            Replication created = new Replication(new Environment(
                    runtime,
                    messenger,
                    membership,
                    rings,
                    storage,
                    new RecordVersioning(),
                    dots,
                    ReplicationConfig.defaults()));
            created.start();
            return created;
        });
        parts.push(() -> loop.run(replication::close));
    }

    /** The cluster as this node sees it. */
    public Annulus annulus() {
        return replication.annulus();
    }

    /**
     * A keyspace that was opened at the start.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public Keyspace keyspace(String name) {
        return annulus()
                .keyspace(name)
                .orElseThrow(() -> new IllegalArgumentException("no keyspace '" + name + "' was opened"));
    }

    /** Waits until the node has a ring. */
    public void awaitRing(int seconds) {
        awaitThat("has no ring", seconds, () -> rings.state().ring().isPresent());
    }

    /** Waits until so many members, this one included, are believed up and have said that they use a ring. */
    public void awaitMembersUp(int count, int seconds) {
        awaitThat(
                "does not see " + count + " members up",
                seconds,
                () -> membership.members().stream()
                                .filter(view -> view.status() == MemberStatus.UP
                                        && view.member().ringEpoch() > 0)
                                .count()
                        >= count);
    }

    private void awaitThat(String otherwise, int seconds, BooleanSupplier condition) {
        CompletableFuture<String> met = new CompletableFuture<>();
        runtime.loop().execute(() -> lookAgain(condition, met));
        try {
            LoopThread.await(met, seconds, "the node " + otherwise + " within " + seconds + " s");
        } catch (IllegalStateException e) {
            throw new IllegalStateException(
                    e.getMessage() + ": " + rings.state().explanation() + "; members " + membership.members(), e);
        } finally {
            met.cancel(false);
        }
    }

    private void lookAgain(BooleanSupplier condition, CompletableFuture<String> met) {
        if (condition.getAsBoolean()) {
            met.complete("met");
        } else if (!met.isDone()) {
            runtime.loop().schedule(LOOK_NANOS, () -> lookAgain(condition, met));
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        RuntimeException first = null;
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                first = first == null ? new IllegalStateException("the node did not close cleanly", e) : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}

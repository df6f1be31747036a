package io.annulus.replication;

import io.annulus.api.Annulus;
import io.annulus.api.Keyspace;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.KeyspaceStorage;
import io.annulus.api.Receipt;
import io.annulus.api.StoreClosedException;
import io.annulus.api.message.CoordinateReply;
import io.annulus.api.message.CoordinateRequest;
import io.annulus.api.message.Message;
import io.annulus.api.message.ReadReply;
import io.annulus.api.message.ReadRequest;
import io.annulus.api.message.Verb;
import io.annulus.api.message.WriteReply;
import io.annulus.api.message.WriteRequest;
import io.annulus.api.ring.RingMember;
import io.annulus.api.ring.RingState;
import io.annulus.api.runtime.Cancellable;
import io.annulus.api.runtime.Sender;
import io.annulus.api.storage.Retention;
import io.annulus.api.storage.Table;
import io.annulus.api.storage.TableOptions;
import io.annulus.api.storage.TableSpec;
import io.annulus.api.version.Versioning;
import io.annulus.replication.hint.HintReplayer;
import io.annulus.replication.hint.HintStore;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The request path of one node. Create, start and close it on the event loop; keyspaces are opened and closed from any thread.
 */
public final class Replication {

    private static final long STATUS_NANOS = 250_000_000L;

    private final Environment environment;
    private final ReplicationCore core;
    private final Operations operations;
    private final StoreAnnulus annulus;
    private final HintReplayer replayer;
    private final ReplicaWriteHandler writes;
    private final ReplicaReadHandler reads;
    private final CoordinateHandler coordinates;
    private final List<Cancellable> registrations = new ArrayList<>();
    private Cancellable statusTick = () -> {};

    public Replication(Environment environment) {
        this.environment = environment;
        Table table = environment.storage().openTable(new TableSpec(HintStore.TABLE, environment.versioning()));
        HintStore hints = new HintStore(table, environment.config().maxHints());
        this.core = new ReplicationCore(environment, hints);
        this.operations = new Operations(core);
        this.annulus = new StoreAnnulus(environment, operations);
        this.writes = new ReplicaWriteHandler(core);
        this.reads = new ReplicaReadHandler(core);
        this.coordinates = new CoordinateHandler(core);
        this.replayer = new HintReplayer(
                environment.loop(),
                hints,
                new HintDelivery(core),
                environment.config().hintBatch(),
                environment.config().hintIntervalMillis());
    }

    /** Begins to handle messages and to replay hints. */
    public void start() {
        EnumSet<Verb> verbs = EnumSet.of(
                Verb.WRITE_REQUEST,
                Verb.WRITE_REPLY,
                Verb.READ_REQUEST,
                Verb.READ_REPLY,
                Verb.COORDINATE_REQUEST,
                Verb.COORDINATE_REPLY);
        registrations.add(environment.messenger().listen(verbs, this::onMessage));
        registrations.add(environment.rings().listen(this::onRing));
        onRing(environment.rings().state());
        replayer.start();
        refreshStatus();
    }

    ReplicationCore core() {
        return core;
    }

    HintReplayer replayer() {
        return replayer;
    }

    /** The cluster's face. */
    public Annulus annulus() {
        return annulus;
    }

    /** Opens a keyspace; the stage completes once it is served, and fails when one of that name is. */
    public CompletionStage<Keyspace> openKeyspace(KeyspaceSettings settings) {
        StoreStage<Keyspace> stage = new StoreStage<>(environment.runtime().callbacks());
        environment.loop().execute(() -> open(settings, stage));
        return stage;
    }

    /** Stops serving a keyspace; its data stays. */
    public CompletionStage<String> closeKeyspace(String name) {
        StoreStage<String> stage = new StoreStage<>(environment.runtime().callbacks());
        environment.loop().execute(() -> {
            core.removeKeyspace(name);
            annulus.remove(name);
            stage.deliver(name);
        });
        return stage;
    }

    /** Stops: operations under way end with an error, and hints are kept for what is not known to have arrived. */
    public void close() {
        statusTick.cancel();
        replayer.close();
        registrations.forEach(Cancellable::cancel);
        core.close();
    }

    private void open(KeyspaceSettings settings, StoreStage<Keyspace> stage) {
        if (core.isClosed()) {
            stage.deliverFailure(new StoreClosedException("the node is stopping", Receipt.none(0)));
            return;
        }
        if (core.keyspace(settings.name()).isPresent()) {
            stage.deliverFailure(new IllegalArgumentException("keyspace '" + settings.name()
                    + "' is configured twice; remove one of its annulus.keyspace-*.cfg files"));
            return;
        }
        Table table = environment.storage().openTable(keyspaceTable(settings));
        core.addKeyspace(new KeyspaceState(settings, table));
        StoreKeyspace keyspace =
                new StoreKeyspace(operations, settings, environment.runtime().callbacks());
        annulus.add(keyspace);
        stage.deliver(keyspace);
    }

    /** Expired values leave the disk as sorted tables are merged; what was seen of them stays. */
    private TableSpec keyspaceTable(KeyspaceSettings settings) {
        Versioning versioning = environment.versioning();
        Retention retention =
                (token, key, record, nowMillis) -> Optional.of(versioning.withoutExpired(record, nowMillis));
        KeyspaceStorage storage = settings.storage();
        TableOptions options = new TableOptions(
                storage.durability(), storage.compression(), storage.filterBits(), storage.tuning(), retention);
        return new TableSpec(settings.name(), versioning, options);
    }

    /** Any member may be owed hints from an earlier life of this node. */
    private void onRing(RingState state) {
        state.ring()
                .ifPresent(ring -> replayer.expect(ring.members().stream()
                        .map(RingMember::node)
                        .filter(node -> !node.equals(environment.self()))
                        .toList()));
    }

    private void refreshStatus() {
        annulus.hints(core.hints().count());
        statusTick = environment.loop().schedule(STATUS_NANOS, this::refreshStatus);
    }

    private void onMessage(Sender from, Message message) {
        switch (message.verb()) {
            case WRITE_REQUEST -> writes.onRequest(from, (WriteRequest) message);
            case WRITE_REPLY -> core.requests().answer(from, ((WriteReply) message).requestId(), message);
            case READ_REQUEST -> reads.onRequest(from, (ReadRequest) message);
            case READ_REPLY -> core.requests().answer(from, ((ReadReply) message).requestId(), message);
            case COORDINATE_REQUEST -> coordinates.onRequest(from, (CoordinateRequest) message);
            case COORDINATE_REPLY -> core.requests().answer(from, ((CoordinateReply) message).requestId(), message);
            case GOSSIP, RING_REQUEST, RING_REPLY ->
                throw new IllegalArgumentException("verb " + message.verb() + " is not of the request path");
        }
    }
}

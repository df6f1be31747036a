package io.annulus.replication;

import io.annulus.api.Annulus;
import io.annulus.api.Keyspace;
import io.annulus.api.KeyspaceSettings;
import io.annulus.api.NodeStatus;
import io.annulus.api.ReadOptions;
import io.annulus.api.ReplicaHolding;
import io.annulus.api.cluster.MemberStatus;
import io.annulus.api.cluster.MemberView;
import io.annulus.api.ring.RingState;
import io.annulus.api.ring.RingState.Standing;
import io.annulus.api.ring.Token;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;

/** The face of the cluster. Any thread. */
final class StoreAnnulus implements Annulus {

    private static final int MAX_TIMEOUT_MILLIS = 600_000;

    private final Environment environment;
    private final Operations operations;

    /** Written on the event loop, read by any thread: an immutable snapshot. */
    private volatile Map<String, Keyspace> keyspaces = Map.of();

    /** Written on the event loop, read by any thread. */
    private volatile long hints;

    StoreAnnulus(Environment environment, Operations operations) {
        this.environment = environment;
        this.operations = operations;
    }

    @Override
    public NodeStatus status() {
        List<MemberView> members = members();
        int up = (int) members.stream()
                .filter(view -> view.status() == MemberStatus.UP)
                .count();
        RingState ring = ring();
        boolean serving = ring.ring().isPresent() && ring.standing() != Standing.CONFLICT;
        return new NodeStatus(
                environment.membership().self(),
                ring,
                environment.storage().status(),
                up,
                members.size(),
                hints,
                serving);
    }

    @Override
    public List<MemberView> members() {
        return environment.membership().members();
    }

    @Override
    public RingState ring() {
        return environment.rings().state();
    }

    @Override
    public List<KeyspaceSettings> keyspaces() {
        return keyspaces.values().stream().map(Keyspace::settings).toList();
    }

    @Override
    public Optional<Keyspace> keyspace(String name) {
        return Optional.ofNullable(keyspaces.get(name));
    }

    @Override
    public CompletionStage<List<ReplicaHolding>> endpoints(String keyspace, byte[] key, int timeoutMillis) {
        Objects.requireNonNull(key, "key");
        Operations.checkKey(key);
        if (!keyspaces.containsKey(keyspace)) {
            throw new IllegalArgumentException(
                    "there is no keyspace '" + keyspace + "'; this node serves " + keyspaces.keySet());
        }
        if (timeoutMillis < 1 || timeoutMillis > MAX_TIMEOUT_MILLIS) {
            throw new IllegalArgumentException("timeout of " + timeoutMillis + " ms is not 1 to " + MAX_TIMEOUT_MILLIS);
        }
        StoreStage<List<ReplicaHolding>> stage =
                new StoreStage<>(environment.runtime().callbacks());
        byte[] own = key.clone();
        operations.endpoints(keyspace, new GetCommand(Token.of(own), own, ReadOptions.one(), timeoutMillis), stage);
        return stage;
    }

    /** Called on the event loop. */
    void add(Keyspace keyspace) {
        Map<String, Keyspace> next = new TreeMap<>(keyspaces);
        next.put(keyspace.settings().name(), keyspace);
        keyspaces = Collections.unmodifiableMap(next);
    }

    /** Called on the event loop. */
    void remove(String name) {
        Map<String, Keyspace> next = new TreeMap<>(keyspaces);
        next.remove(name);
        keyspaces = Collections.unmodifiableMap(next);
    }

    /** Called on the event loop. */
    void hints(long count) {
        hints = count;
    }
}

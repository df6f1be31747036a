package io.annulus.api;

import io.annulus.api.cluster.MemberView;
import io.annulus.api.ring.RingState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.osgi.annotation.versioning.ProviderType;

/** The cluster as this node sees it. One OSGi service per node; any thread. */
@ProviderType
public interface Annulus {

    /** How this node fares. */
    NodeStatus status();

    /** The members, in order of name. */
    List<MemberView> members();

    /** The ring. */
    RingState ring();

    /** The keyspaces that this node serves, in order of name. */
    List<KeyspaceSettings> keyspaces();

    /** A keyspace by name. */
    Optional<Keyspace> keyspace(String name);

    /**
     * Asks each owner of a key, believed down or not, what it holds itself, without merging or repairing anything.
     *
     * @param timeoutMillis replicas that are silent for so long are reported as silent, 1 to 600000
     * @throws IllegalArgumentException when there is no such keyspace or the key is not 1 to 1024 bytes
     */
    CompletionStage<List<ReplicaHolding>> endpoints(String keyspace, byte[] key, int timeoutMillis);
}

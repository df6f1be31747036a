package io.annulus.api.runtime;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.NodeId;
import java.util.Objects;

/**
 * Where a message came from, as its frame says.
 *
 * @param node the sending node
 * @param storeId the data directory that the node runs on
 * @param endpoint where an answer reaches it
 */
public record Sender(NodeId node, long storeId, Endpoint endpoint) {

    public Sender {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(endpoint, "endpoint");
    }
}

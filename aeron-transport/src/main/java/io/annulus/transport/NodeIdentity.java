package io.annulus.transport;

import io.annulus.api.cluster.Endpoint;
import io.annulus.api.cluster.NodeId;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * What every frame says of its sender.
 *
 * @param node name of the node
 * @param storeId id of its data directory
 * @param endpoint where it receives, and where others reach it
 */
public record NodeIdentity(NodeId node, long storeId, Endpoint endpoint) {

    /** Longest host name in bytes. */
    public static final int MAX_HOST_BYTES = 255;

    public NodeIdentity {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(endpoint, "endpoint");
        int length = endpoint.host().getBytes(StandardCharsets.UTF_8).length;
        if (length > MAX_HOST_BYTES) {
            throw new IllegalArgumentException(
                    "host '" + endpoint.host() + "' is " + length + " bytes long, above " + MAX_HOST_BYTES);
        }
    }
}

package io.annulus.api.storage;

import io.annulus.api.cluster.NodeId;
import java.util.Objects;

/**
 * Who a data directory is.
 *
 * @param node the node that it belongs to
 * @param storeId random id given when the directory was created
 * @param origin id under which this life of the directory names versions: the former one only when the directory was
 *     closed cleanly and has not been copied since, else a new random one
 * @param generation counts the openings of the directory
 */
public record StoreIdentity(NodeId node, long storeId, long origin, long generation) {

    public StoreIdentity {
        Objects.requireNonNull(node, "node");
    }
}

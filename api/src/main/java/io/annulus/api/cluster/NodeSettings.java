package io.annulus.api.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What the operator says of this node (configuration {@code annulus.node}); one service of this type per node.
 *
 * @param node name of the node
 * @param endpoint where the node receives messages
 * @param rack failure domain
 * @param weight share of arcs relative to other members, 1 to 1000; 0 serves clients and owns nothing
 * @param seeds the founding members of the cluster, this node among them when it is to own data; empty means a cluster of
 *     this node alone
 * @param dataDirectory absolute directory of everything that the node keeps
 */
public record NodeSettings(
        NodeId node, Endpoint endpoint, String rack, int weight, List<Endpoint> seeds, Path dataDirectory) {

    public NodeSettings {
        Objects.requireNonNull(node, "node");
        Objects.requireNonNull(endpoint, "endpoint");
        Objects.requireNonNull(rack, "rack");
        if (rack.isBlank() || rack.length() > 63) {
            throw new IllegalArgumentException("rack '" + rack + "' is not 1 to 63 characters");
        }
        if (weight < 0 || weight > 1000) {
            throw new IllegalArgumentException("weight " + weight + " is not 0 to 1000");
        }
        seeds = List.copyOf(seeds);
        Objects.requireNonNull(dataDirectory, "dataDirectory");
        if (!dataDirectory.isAbsolute()) {
            throw new IllegalArgumentException("data directory '" + dataDirectory + "' is not absolute");
        }
    }

    /** The founding members; this node alone when no seed is configured. */
    public List<Endpoint> founders() {
        return seeds.isEmpty() ? List.of(endpoint) : seeds;
    }
}

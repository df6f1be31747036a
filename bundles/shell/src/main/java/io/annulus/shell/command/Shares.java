package io.annulus.shell.command;

import io.annulus.api.cluster.NodeId;
import io.annulus.api.ring.Ring;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** How many arcs each member of a ring owns. */
final class Shares {

    private final Map<NodeId, Integer> arcs = new TreeMap<>();
    private final int total;

    Shares(Ring ring) {
        total = 1 << ring.arcBits();
        for (int arc = 0; arc < total; arc++) {
            arcs.merge(ring.ownerOf(arc).node(), 1, Integer::sum);
        }
    }

    int arcsOf(NodeId node) {
        return arcs.getOrDefault(node, 0);
    }

    /** The share of all arcs, as {@code 33.3 %}. */
    String percentOf(NodeId node) {
        return String.format(Locale.ROOT, "%.1f %%", arcsOf(node) * 100.0 / total);
    }

    int total() {
        return total;
    }
}

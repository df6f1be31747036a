package io.annulus.simulator.history;

import java.util.Objects;

/**
 * A fault that was made or mended.
 *
 * @param nanos when
 * @param kind its name, for people
 * @param node the node that it struck; empty text when there is no single one
 * @param losesData whether the node may no longer hold what it acknowledged before: its disk was replaced, restored from an
 *     old copy or damaged, or it is gone for ever
 */
public record Incident(long nanos, String kind, String node, boolean losesData) {

    public Incident {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(node, "node");
    }
}
